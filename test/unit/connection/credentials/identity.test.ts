import assert from 'node:assert/strict';
import {
  credentialsExpiry,
  SignInNeededError,
} from '../../../../src/core/connection/credentials/identity.js';

const keys = { accessKeyId: 'AKIA', secretAccessKey: 's' };
const at = new Date('2026-03-01T10:00:00Z');

describe('credentialsExpiry', () => {
  it('is never for long-term keys, and unknown for temporary ones', () => {
    assert.deepEqual(credentialsExpiry(keys), { kind: 'never' });
    assert.deepEqual(credentialsExpiry({ ...keys, sessionToken: 't' }), { kind: 'unknown' });
  });

  it('is the stored expiry', () => {
    assert.deepEqual(credentialsExpiry({ ...keys, sessionToken: 't', expiration: at }), { kind: 'at', at });
    assert.deepEqual(credentialsExpiry({ ...keys, expiration: at }), { kind: 'at', at });
  });
});

describe('SignInNeededError', () => {
  it('names the profile and the command to sign in', () => {
    const error = new SignInNeededError('dev', 'sso');
    assert.match(error.message, /"dev"/);
    assert.deepEqual([error.profile, error.method], ['dev', 'sso']);
  });
});
