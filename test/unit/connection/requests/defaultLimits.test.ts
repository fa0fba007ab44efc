import assert from 'node:assert/strict';
import { processLimitMs } from '../../../../src/core/connection/credentials/credentialProcess.js';
import { hostLimitMs } from '../../../../src/core/connection/credentials/hostCredentials.js';
import { defaultTimeLimits } from '../../../../src/core/connection/requests/limits.js';
import { readManifest } from '../../support/manifest.js';

describe('the default time limits', () => {
  it('ten seconds to connect and thirty of silence, in the settings too', () => {
    assert.deepEqual(defaultTimeLimits, { connectMs: 10_000, silenceMs: 30_000 });
    const { properties } = readManifest().contributes.configuration;
    assert.deepEqual(
      ['signpost.connectTimeoutSeconds', 'signpost.silenceTimeoutSeconds'].map(
        (id) => properties[id]?.default,
      ),
      [10, 30],
    );
  });

  it('a minute for a credential_process', () => {
    assert.equal(processLimitMs, 60_000);
  });

  it('a second for an answer from the container or the instance', () => {
    assert.equal(hostLimitMs, 1000);
  });
});
