import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { profileText } from '../../support/awsSettings.js';
import { poll } from '../../support/poll.js';
import type { ServerName } from '../../host/s3/protocol.js';
import { rowsSettled } from './openRows.js';
import { connectS3 } from './s3.js';

type Settings = Readonly<Record<string, string>>;

export function configPath(): string {
  const path = process.env.AWS_CONFIG_FILE;
  assert.ok(path !== undefined);
  return path;
}

export function credentialsPath(): string {
  const path = process.env.AWS_SHARED_CREDENTIALS_FILE;
  assert.ok(path !== undefined);
  return path;
}

export function readConfig(): Promise<string> {
  return readFile(configPath(), 'utf8');
}

/**
 * Writes the AWS config file. If the profile `default` changes, waits until the view has asked its server
 * again.
 */
export async function writeConfig(text: string, server: ServerName = 'home'): Promise<void> {
  const s3 = connectS3();
  // An earlier listing would pass for the expected one.
  await rowsSettled();
  await s3.clearRequests();
  const before = settingsOf(await readConfig(), 'default');
  await writeFile(configPath(), text);
  if (isDeepStrictEqual(settingsOf(text, 'default'), before)) return;
  await poll(async () => (await s3.requests(server)).some(({ operation }) => operation === 'ListBuckets'), {
    what: 'the view to ask again',
  });
}

/** The settings in a section of a config file, by name. */
export function settingsOf(text: string, section: string): Settings {
  const [, body = ''] = text.split(`[${section}]\n`);
  const lines = (body.split('\n[')[0] ?? '').split('\n').filter((line) => line.includes(' = '));
  return Object.fromEntries(lines.map((line) => line.split(' = ', 2) as [string, string]));
}

/** A config file with one section replaced or appended. */
export function withSection(text: string, section: string, settings: Settings): string {
  const others = text.split(/^(?=\[)/m).filter((one) => !one.startsWith(`[${section}]\n`));
  return [...others, '\n', profileText(section, settings)].join('');
}

/** A config file with profiles replaced or appended; each points to the server of `default`. */
function withProfiles(text: string, profiles: Readonly<Record<string, Settings>>): string {
  const { endpoint_url = '' } = settingsOf(text, 'default');
  return Object.entries(profiles).reduce(
    (config, [name, settings]) => withSection(config, `profile ${name}`, { endpoint_url, ...settings }),
    text,
  );
}

/** Keeps profiles in the config file for the tests of one suite. */
export function useProfiles(profiles: Readonly<Record<string, Settings>>): void {
  let original = '';
  before(async () => {
    original = await readConfig();
    await writeConfig(withProfiles(original, profiles));
  });
  after(() => writeConfig(original));
}
