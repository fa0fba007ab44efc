import assert from 'node:assert/strict';
import { credentialsEnd, SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';

const keys = { accessKeyId: 'AKIA', secretAccessKey: 's' };
const at = new Date('2026-03-01T10:00:00Z');

describe('credentialsEnd', () => {
  it('is never for long-term keys, and unknown for temporary ones', () => {
    assert.deepEqual(credentialsEnd(keys), { kind: 'never' });
    assert.deepEqual(credentialsEnd({ ...keys, sessionToken: 't' }), { kind: 'unknown' });
  });

  it('is the stored expiry', () => {
    assert.deepEqual(credentialsEnd({ ...keys, sessionToken: 't', expiration: at }), { kind: 'at', at });
    assert.deepEqual(credentialsEnd({ ...keys, expiration: at }), { kind: 'at', at });
  });
});

describe('SignInNeededError', () => {
  it('names the profile and the command to sign in', () => {
    const error = new SignInNeededError('dev', 'sso');
    assert.match(error.message, /"dev"/);
    assert.deepEqual([error.profile, error.by], ['dev', 'sso']);
  });
});
