import assert from 'node:assert/strict';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage, type Remedy } from '../../../src/core/failures/message.js';
import { identities } from '../../support/identities.js';

/** Secrets that no explanation may show. */
const secrets: readonly string[] = Object.values(identities).flatMap((credential) => [
  credential.secretAccessKey,
  ...(credential.sessionToken === undefined ? [] : [credential.sessionToken]),
]);

export interface Expected {
  readonly text: RegExp;
  readonly remedy: Remedy;
}

/** Asserts complete sentences with their arguments filled in, the right remedy, and nothing secret. */
export function assertExplained(
  error: unknown,
  { text, remedy }: Expected,
  alsoSecret: readonly string[] = [],
): void {
  const explanation = explain(error);
  const shown = formatMessage(explanation.message);
  assert.match(shown, text);
  assert.equal(explanation.remedy, remedy);
  assert.match(shown, /\.$/);
  assert.doesNotMatch(shown, /\{\d\}|undefined|\[object/);
  const everything = JSON.stringify(explanation);
  assert.doesNotMatch(everything, /X-Amz-(?:Signature|Credential|Security-Token)|[0-9a-f]{64}|StringToSign/i);
  for (const secret of [...secrets, ...alsoSecret])
    assert.ok(!everything.includes(secret), 'a secret is shown');
}
