import assert from 'node:assert/strict';
import { connectDriver } from '../../host/driver/driver.js';
import type { StrictCredential } from '../../servers/strictS3/server.js';
import { identities, processSecrets, wrongSecret } from '../../host/s3/identities.js';
import { linksHandedOut } from './links.js';

interface Secret {
  /** How a failing test names it without telling it. */
  readonly what: string;
  readonly text: string;
}

/** What no log, no stored state and no message may hold; of anybody's link, its parameters in any spelling. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a signature of a link': /X-Amz-Signature(?:=|%3D)(?!\[redacted)/i,
  'a session token of a link': /X-Amz-Security-Token(?:=|%3D)(?!\[redacted)/i,
  'a signed header': /AWS4-HMAC-SHA256\s+Credential/i,
};

/** What the tests made the extension write holds no secret. */
export async function assertNothingLeaked(): Promise<void> {
  const driver = connectDriver();
  if (driver === undefined) return;
  assert.deepEqual(findLeaks(await driver.logText()), [], 'in a log');
  assert.deepEqual(findLeaks(await driver.storedState()), [], 'in what is remembered');
}

/** The names of the secrets that a text holds. */
export function findLeaks(text: string): readonly string[] {
  const found = [...identitySecrets(), ...linkSecrets()].filter((secret) => text.includes(secret.text));
  const matching = Object.entries(patterns).filter(([, pattern]) => pattern.test(text));
  return [...new Set([...found.map(({ what }) => what), ...matching.map(([what]) => what)])];
}

function identitySecrets(): readonly Secret[] {
  const all: Readonly<Record<string, StrictCredential>> = identities;
  return [
    ...spellings('a wrong secret key', wrongSecret),
    ...Object.entries(processSecrets).flatMap(([what, text]) =>
      spellings(`what a credential_process was or has ${what}`, text),
    ),
    ...Object.entries(all).flatMap(([name, { secretAccessKey, sessionToken }]) => [
      ...spellings(`the secret key of ${name}`, secretAccessKey),
      ...(sessionToken === undefined ? [] : spellings(`the session token of ${name}`, sessionToken)),
    ]),
  ];
}

function linkSecrets(): readonly Secret[] {
  return linksHandedOut().flatMap((link) => [
    ...spellings('a full link', link.href),
    ...spellings('a signature', link.searchParams.get('X-Amz-Signature') ?? link.href),
  ]);
}

function spellings(what: string, text: string): readonly Secret[] {
  return [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)].map((spelling) => ({
    what,
    text: spelling,
  }));
}
