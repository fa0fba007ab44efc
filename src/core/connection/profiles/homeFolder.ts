import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.js';

/** Where the SDK looks for `.aws`. HOME comes first even on Windows, where a Unix shell may have set it. */
function homeFolder(env: Environment): string {
  return ifSet(env.HOME) ?? ifSet(env.USERPROFILE) ?? homedir();
}

/** A path that the user wrote, in which `~/` means the home folder. */
export function pathFromHome(path: string, env: Environment): string {
  return path.startsWith('~/') ? join(homeFolder(env), path.slice(2)) : path;
}

/** The paths of the shared AWS files, whether or not they exist. */
export function awsFilePaths(env: Environment): { readonly config: string; readonly credentials: string } {
  return {
    config: pathFromHome(ifSet(env.AWS_CONFIG_FILE) ?? '~/.aws/config', env),
    credentials: pathFromHome(ifSet(env.AWS_SHARED_CREDENTIALS_FILE) ?? '~/.aws/credentials', env),
  };
}

function ifSet(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
