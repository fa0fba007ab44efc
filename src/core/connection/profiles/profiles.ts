import { loadSharedConfigFiles } from '@smithy/core/config';
import { readFile } from 'node:fs/promises';
import { nonEmpty, type Environment } from '../environment.js';
import { awsFilePaths } from './homeFolder.js';
import { withMemoryFiles } from './memoryFiles.js';
import { normalizeSectionNames } from './sectionNames.js';

/**
 * How a profile authenticates, in the order in which the AWS CLI checks its settings, except that the CLI uses keys in
 * the config file (not in the credentials file) last.
 */
export type ProfileKind = 'role' | 'keys' | 'webIdentity' | 'process' | 'sso' | 'login' | 'none';

/** Settings of one section of the AWS files; keys of nested blocks are joined with a dot (`s3.addressing_style`). */
export type Section = Readonly<Record<string, string | undefined>>;

export interface Profile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly settings: Section;
}

export interface AwsFiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** `[services NAME]` sections by name. */
  readonly services: ReadonlyMap<string, Section>;
  /** `[sso-session NAME]` sections by name. */
  readonly ssoSessions: ReadonlyMap<string, Section>;
}

/**
 * Profiles of the shared config and credentials files, read from disk each time (the SDK would cache them).
 * `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` are honored; a missing file counts as empty.
 * Profile names are untrusted text: they are kept in maps, never as properties.
 */
export async function loadAwsFiles(env: Environment = process.env): Promise<AwsFiles> {
  const profiles = new Map<string, Profile>();
  const [services, ssoSessions] = [new Map<string, Section>(), new Map<string, Section>()];
  for (const [name, settings] of await readSections(env)) {
    const pseudo = /^(?:services|sso-session)\./.exec(name)?.[0];
    if (pseudo !== undefined) {
      (pseudo === 'services.' ? services : ssoSessions).set(name.slice(pseudo.length), settings);
      continue;
    }
    // Keys of the credentials file, which comes second, override those of the config file, as in the CLI.
    const merged = { ...profiles.get(name)?.settings, ...settings };
    profiles.set(name, { name, kind: profileKind(merged), settings: merged });
  }
  return { profiles, services, ssoSessions };
}

/** The sections of both files, the config file's first. */
async function readSections(env: Environment): Promise<readonly (readonly [string, Section])[]> {
  const paths = awsFilePaths(env);
  const [config, credentials] = await Promise.all([
    readFile(paths.config, 'utf8').catch(() => ''),
    readFile(paths.credentials, 'utf8').catch(() => ''),
  ]);
  const plain = {
    config: normalizeSectionNames(config, 'config'),
    credentials: normalizeSectionNames(credentials, 'credentials'),
  };
  const texts = { config: plain.config.text, credentials: plain.credentials.text };
  const { configFile, credentialsFile } = await withMemoryFiles(texts, loadSharedConfigFiles);
  return [...named(configFile, plain.config.names), ...named(credentialsFile, plain.credentials.names)];
}

function named(
  sections: Readonly<Record<string, Section>>,
  names: ReadonlyMap<string, string>,
): readonly (readonly [string, Section])[] {
  return Object.entries(sections).map(([section, settings]) => {
    const [, prefix = '', rest = ''] = /^((?:services\.|sso-session\.)?)(.*)$/s.exec(section) ?? [];
    // The CLI accepts the names of settings in any case.
    const lowered = Object.entries(settings).map(([name, value]) => [name.toLowerCase(), value] as const);
    return [prefix + (names.get(rest) ?? rest), Object.fromEntries(lowered)];
  });
}

function profileKind(settings: Section): ProfileKind {
  if (settings.role_arn !== undefined) {
    return settings.web_identity_token_file === undefined ? 'role' : 'webIdentity';
  }
  // A session alone provides tokens for other programs; a profile with an account or role uses its credentials.
  if (settings.sso_account_id !== undefined || settings.sso_role_name !== undefined) return 'sso';
  if (settings.aws_access_key_id !== undefined) return 'keys';
  if (settings.credential_process !== undefined) return 'process';
  if (settings.sso_session !== undefined || settings.sso_start_url !== undefined) return 'sso';
  if (settings.login_session !== undefined) return 'login';
  return 'none';
}

/**
 * The profile that the environment names. Source: `BOTOCORE_DEFAUT_SESSION_VARIABLES` in the `configprovider.py` of AWS
 * CLI 2; version 1 has them the other way round.
 */
export function namedProfile(env: Environment): string | undefined {
  return nonEmpty(env.AWS_PROFILE) ?? nonEmpty(env.AWS_DEFAULT_PROFILE);
}

/** The profile that the AWS CLI would use when none is named on its command line. */
export function defaultProfileName(env: Environment): string {
  return namedProfile(env) ?? 'default';
}
