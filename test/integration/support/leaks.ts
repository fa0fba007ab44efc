import assert from 'node:assert/strict';
import { connectDriver } from '../../host/driver/driver.js';
import type { StrictCredential } from '../../servers/strictS3/server.js';
import { identities, processSecrets, wrongSecret } from '../../support/identities.js';
import { findLeaks as findIn, type Secret } from '../../support/leaks.js';
import { linksHandedOut } from './links.js';

/** Asserts that nothing the tests made the extension write holds a secret. */
export async function assertNothingLeaked(): Promise<void> {
  const driver = connectDriver();
  if (driver === undefined) return;
  assert.deepEqual(findLeaks(await driver.logText()), [], 'in a log');
  assert.deepEqual(findLeaks(await driver.storedState()), [], 'in what is remembered');
}

/** The names of the secrets found in a text. */
export function findLeaks(text: string): readonly string[] {
  return findIn(text, [...identitySecrets(), ...linkSecrets()]);
}

function identitySecrets(): readonly Secret[] {
  const all: Readonly<Record<string, StrictCredential>> = identities;
  return [
    { what: 'a wrong secret key', text: wrongSecret },
    ...Object.entries(processSecrets).map(([what, text]) => ({
      what: `what a credential_process was or has ${what}`,
      text,
    })),
    ...Object.entries(all).flatMap(([name, { secretAccessKey, sessionToken }]) => [
      { what: `the secret key of ${name}`, text: secretAccessKey },
      ...(sessionToken === undefined ? [] : [{ what: `the session token of ${name}`, text: sessionToken }]),
    ]),
  ];
}

function linkSecrets(): readonly Secret[] {
  return linksHandedOut().flatMap((link) => [
    { what: 'a full link', text: link.href },
    { what: 'a signature', text: link.searchParams.get('X-Amz-Signature') ?? link.href },
  ]);
}
