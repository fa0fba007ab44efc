import { getSSOTokenFilepath } from '@smithy/core/config';
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nonEmpty, type Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/** How the user signs in for a profile with the AWS CLI. */
export interface SignIn {
  readonly profile: string;
  /** Arguments of `aws`. */
  readonly args: readonly string[];
  /** Written by the CLI after a successful sign-in. */
  readonly tokenFile: string;
}

/** The sign-in that a profile's credentials depend on; undefined if they need none. */
export function signInOf(profile: Profile, env: Environment): SignIn | undefined {
  const { name, kind, settings } = profile;
  if (kind === 'sso') {
    const session = nonEmpty(settings.sso_session) ?? nonEmpty(settings.sso_start_url);
    if (session === undefined) return undefined;
    return {
      profile: name,
      args: ['sso', 'login', ...profileArgs(name)],
      tokenFile: getSSOTokenFilepath(session),
    };
  }
  const login = nonEmpty(settings.login_session);
  if (kind !== 'login' || login === undefined) return undefined;
  // Where the SDK and the CLI keep it: in `os.homedir()`, which ignores HOME on Windows.
  const folder = env.AWS_LOGIN_CACHE_DIRECTORY ?? join(homedir(), '.aws', 'login', 'cache');
  const file = `${createHash('sha256').update(login).digest('hex')}.json`;
  return { profile: name, args: ['login', ...profileArgs(name)], tokenFile: join(folder, file) };
}

/** A separate word that begins with a dash would be taken for an option. */
function profileArgs(name: string): readonly string[] {
  return name.startsWith('-') ? [`--profile=${name}`] : ['--profile', name];
}
