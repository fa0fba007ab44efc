import assert from 'node:assert/strict';
import { credentialsEnd, SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';

const keys = { accessKeyId: 'AKIA', secretAccessKey: 's' };
const at = new Date('2026-03-01T10:00:00Z');

describe('credentialsEnd', () => {
  it('never comes for long-term keys, and at an unknown time for temporary ones', () => {
    assert.deepEqual(credentialsEnd(keys), { kind: 'never' });
    assert.deepEqual(credentialsEnd({ ...keys, sessionToken: 't' }), { kind: 'unknown' });
  });

  it('comes when it is written down', () => {
    assert.deepEqual(credentialsEnd({ ...keys, sessionToken: 't', expiration: at }), { kind: 'at', at });
    assert.deepEqual(credentialsEnd({ ...keys, expiration: at }), { kind: 'at', at });
  });
});

describe('SignInNeededError', () => {
  it('names the profile and the way to sign in', () => {
    const error = new SignInNeededError('dev', 'sso');
    assert.match(error.message, /"dev"/);
    assert.deepEqual([error.profile, error.by], ['dev', 'sso']);
  });
});
