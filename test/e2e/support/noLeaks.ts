import assert from 'node:assert/strict';
import { findLeaks, secretsIn, type Secret } from '../../support/leaks.js';
import type { StrictCredential } from '../../servers/strictS3/server.js';
import { channelLogs, readTraces } from './leaks.js';
import { credentials } from './profiles.js';
import type { World } from './world.js';

interface Searched {
  readonly known?: readonly StrictCredential[];
  readonly usesLinks?: boolean;
  /** Whether all tests ran; a subset may make no links and log nothing. */
  readonly isWhole: boolean;
}

/** Reads everything that a window logged and stored, and finds no link and no secret in it. */
export async function assertNoLeaks(
  { workbench, server, window }: World,
  { known = credentials, usesLinks = true, isWhole }: Searched,
): Promise<void> {
  const traces = await readTraces(workbench);
  const signatures = [...new Set([...server.linkSignatures, ...secretsIn(window.handedOut)])];
  if (isWhole) {
    assert.equal(signatures.length > 0, usesLinks, 'links were used');
    // Each opening of a window has its own log.
    const hasLog = channelLogs(traces).some(({ text }) => text !== '');
    assert.equal(hasLog, true, 'the output channel has a log');
    assert.ok(traces.at(-1)?.text.includes('signpost') === true, 'the stored state was read');
  }
  const secrets = [...signatures.map(signatureOf), ...known.flatMap(secretsOf)];
  const found = traces.flatMap(({ name, text }) =>
    findLeaks(text, secrets).map((what) => `${what} in ${name}`),
  );
  assert.deepEqual(found, []);
}

function signatureOf(text: string, index: number): Secret {
  return { what: `what signs link ${index + 1}`, text };
}

function secretsOf({ secretAccessKey, sessionToken }: StrictCredential, index: number): readonly Secret[] {
  return [
    { what: `secret key ${index + 1}`, text: secretAccessKey },
    ...(sessionToken === undefined ? [] : [{ what: `session token ${index + 1}`, text: sessionToken }]),
  ];
}
