import assert from 'node:assert/strict';
import type { CredentialsExpiry } from '../../../src/core/connection/credentials/identity.js';
import { CredentialsExpiredError, fitLifetime, type Lifetime } from '../../../src/core/links/lifetime.js';

const signedAt = new Date('2026-03-01T10:00:00Z');
const after = (seconds: number) => new Date(signedAt.getTime() + seconds * 1000);
const endingAfter = (seconds: number): CredentialsExpiry => ({ kind: 'at', at: after(seconds) });

interface Row {
  readonly credentials: CredentialsExpiry;
  readonly shorten: boolean;
  readonly signed: number;
  readonly works: number;
  readonly limit: Lifetime['limit'];
}

// Every row has an expiry of an hour.
const rows: readonly Row[] = [
  { credentials: { kind: 'never' }, shorten: true, signed: 3600, works: 3600, limit: 'none' },
  { credentials: { kind: 'unknown' }, shorten: true, signed: 3600, works: 3600, limit: 'unknown' },
  { credentials: endingAfter(7200), shorten: true, signed: 3600, works: 3600, limit: 'none' },
  { credentials: endingAfter(3600), shorten: true, signed: 3600, works: 3600, limit: 'none' },
  { credentials: endingAfter(3599.5), shorten: true, signed: 3599, works: 3599, limit: 'credentials' },
  { credentials: endingAfter(900), shorten: true, signed: 900, works: 900, limit: 'credentials' },
  { credentials: endingAfter(900), shorten: false, signed: 3600, works: 900, limit: 'credentials' },
  { credentials: endingAfter(1), shorten: true, signed: 1, works: 1, limit: 'credentials' },
];

describe('fitLifetime', () => {
  for (const { credentials, shorten, signed, works, limit } of rows) {
    it(`${JSON.stringify(credentials)}, shorten ${String(shorten)}: valid for ${works} seconds`, () => {
      assert.deepEqual(fitLifetime(3600, { credentials, signedAt, shorten }), {
        signedSeconds: signed,
        expiresAt: after(works),
        limit,
      });
    });
  }

  for (const left of [0.9, 0, -1, -86_400]) {
    it(`refuses credentials with ${left} seconds left`, () => {
      const credentials = endingAfter(left);
      assert.throws(
        () => fitLifetime(3600, { credentials, signedAt, shorten: true }),
        CredentialsExpiredError,
      );
    });
  }
});
