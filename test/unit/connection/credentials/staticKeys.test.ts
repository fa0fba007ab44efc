import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { parseTimestamp } from '../../../../src/core/connection/credentials/staticKeys.js';
import type { StrictCredential } from '../../../servers/strictS3/server.js';
import { assertWorks, useCredentialSources, type CredentialUse } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';

const inAnHour = () => new Date((Math.floor(Date.now() / 1000) + 3600) * 1000);

/** Keys whose expiry only the server knows. */
function temporaryKeys({ issuer }: CredentialUse): StrictCredential {
  return issuer.issue('by hand', 3600);
}

async function endOf(connection: Connection): Promise<unknown> {
  return (await connection.identity()).expiry;
}

describe('static keys', () => {
  const use = useCredentialSources();

  it('long-term: list, sign, and never expire', async () => {
    use.configure({ 'profile p': keySettings(alice) });
    const connection = await use.connect();
    const link = await assertWorks(connection, () => alice.accessKeyId);
    assert.equal(link.limit, 'none');
    assert.deepEqual(await endOf(connection), { kind: 'never' });
  });

  it('temporary: list, sign, and expire at an unknown time', async () => {
    const keys = temporaryKeys(use);
    use.configure({ 'profile p': keySettings(keys) });
    const connection = await use.connect();
    const link = await assertWorks(connection, () => keys.accessKeyId);
    assert.equal(link.limit, 'unknown');
    assert.deepEqual(await endOf(connection), { kind: 'unknown' });
  });

  for (const setting of ['x_security_token_expires', 'aws_expiration']) {
    it(`temporary with ${setting}: list, sign, and expire then`, async () => {
      const [keys, at] = [temporaryKeys(use), inAnHour()];
      use.configure({ 'profile p': { ...keySettings(keys), [setting]: at.toISOString() } });
      const connection = await use.connect();
      await assertWorks(connection, () => keys.accessKeyId);
      assert.deepEqual(await endOf(connection), { kind: 'at', at });
    });

    it(`${setting} that cannot be read counts as unknown`, async () => {
      use.configure({ 'profile p': { ...keySettings(temporaryKeys(use)), [setting]: 'tomorrow' } });
      assert.deepEqual(await endOf(await use.connect()), { kind: 'unknown' });
    });
  }

  it('long-term with a leftover date: never expire', async () => {
    use.configure({ 'profile p': { ...keySettings(alice), aws_expiration: '2020-01-01T00:00:00Z' } });
    assert.deepEqual(await endOf(await use.connect()), { kind: 'never' });
  });
});

describe('parseTimestamp', () => {
  const at = new Date('2026-03-01T10:00:00Z');
  for (const text of ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00+01:00', '2026-03-01T05:00:00.000-0500']) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseTimestamp(text), at);
    });
  }

  // Without a zone the time could be off by hours.
  for (const text of [undefined, '', 'soon', '2026-03-01T10:00:00', '2026-13-01T10:00:00Z', '1772359200']) {
    it(`treats ${String(text)} as unknown`, () => {
      assert.equal(parseTimestamp(text), undefined);
    });
  }
});

describe('environment keys', () => {
  const use = useCredentialSources();
  const environment = { kind: 'environment' } as const;
  const variables = (keys: StrictCredential) => ({
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
  });

  it('long-term: list, sign, and never expire', async () => {
    use.aws.setEnvironment(variables(alice));
    const connection = await use.connect(environment);
    await assertWorks(connection, () => alice.accessKeyId);
    assert.deepEqual(await endOf(connection), { kind: 'never' });
  });

  it('temporary: list, sign, and expire at an unknown time', async () => {
    const keys = temporaryKeys(use);
    use.aws.setEnvironment(variables(keys));
    const connection = await use.connect(environment);
    await assertWorks(connection, () => keys.accessKeyId);
    assert.deepEqual(await endOf(connection), { kind: 'unknown' });
  });

  it('expire at AWS_CREDENTIAL_EXPIRATION', async () => {
    const at = inAnHour();
    use.aws.setEnvironment({ ...variables(temporaryKeys(use)), AWS_CREDENTIAL_EXPIRATION: at.toISOString() });
    assert.deepEqual(await endOf(await use.connect(environment)), { kind: 'at', at });
  });

  it('expire at an unknown time if AWS_CREDENTIAL_EXPIRATION cannot be read', async () => {
    use.aws.setEnvironment({ ...variables(temporaryKeys(use)), AWS_CREDENTIAL_EXPIRATION: 'soon' });
    const connection = await use.connect(environment);
    assert.equal((await assertWorks(connection, () => use.issuer.last?.accessKeyId)).limit, 'unknown');
  });
});
