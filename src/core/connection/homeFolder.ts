import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './profiles.js';

/** The folder in which the SDK looks for `.aws`: on Windows too HOME comes first, where a Unix shell has set it. */
export function homeFolder(env: Environment): string {
  return given(env.HOME) ?? given(env.USERPROFILE) ?? homedir();
}

/** Where the shared AWS files stand, or would stand. */
export function awsFilePaths(env: Environment): { readonly config: string; readonly credentials: string } {
  const folder = join(homeFolder(env), '.aws');
  return {
    config: given(env.AWS_CONFIG_FILE) ?? join(folder, 'config'),
    credentials: given(env.AWS_SHARED_CREDENTIALS_FILE) ?? join(folder, 'credentials'),
  };
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
