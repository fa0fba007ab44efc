import assert from 'node:assert/strict';
import { startSts } from '../../../servers/aws/sts.js';
import { assertWorks, useCredentialSources, type Sections } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { isGeneralNetworkFailure } from '../../../../src/core/connection/credentials/credentialServices.js';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { rejection } from '../../../support/values.js';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** Two STS servers, each with one role. */
function useTwoSts() {
  const use = useCredentialSources();
  const open = async () => {
    const start = (name: string) => use.start(startSts({ issuer: use.issuer, roles: [{ arn: arn(name) }] }));
    return { ours: await start('ours'), theirs: await start('theirs') };
  };
  const role = (name: string) => ({ role_arn: arn(name), source_profile: 'base' });
  const base = { 'profile base': keySettings(alice) };
  const configure = (sections: Sections) => {
    use.configure({ ...sections, ...base });
  };
  return { use, open, role, configure };
}

const nowhere = 'http://127.0.0.1:1';

describe('the endpoint of STS', () => {
  const { use, open, role, configure } = useTwoSts();

  it('comes from the services section, before the general endpoint of the profile', async () => {
    const { ours } = await open();
    configure({
      'profile p': { ...role('ours'), services: 'local', endpoint_url: nowhere },
      'services local': { sts: { endpoint_url: ours.endpoint } },
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  it('may be the general endpoint of the profile', async () => {
    const { ours } = await open();
    configure({ 'profile p': { ...role('ours'), endpoint_url: ours.endpoint } });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  for (const variable of ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL']) {
    it(`comes from ${variable}, before the profile`, async () => {
      const { ours } = await open();
      configure({ 'profile p': { ...role('ours'), endpoint_url: nowhere } });
      const connection = await use.connect(undefined, { env: { [variable]: ours.endpoint } });
      await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    });
  }

  it('is not the endpoint of S3', async () => {
    const { ours } = await open();
    configure({
      'profile p': { ...role('ours'), services: 'local', endpoint_url: ours.endpoint },
      'services local': { s3: { endpoint_url: use.server.endpoint } },
    });
    await assertWorks(
      await use.connect(undefined, { env: { AWS_ENDPOINT_URL_S3: '' } }),
      () => use.issuer.last?.accessKeyId,
    );
    assert.ok(use.server.requests.every(({ method }) => method !== 'POST'));
  });
});

describe('two profiles with different STS endpoints', () => {
  const { use, open, role, configure } = useTwoSts();

  for (const ambient of ['', 'ours', 'theirs', 'default']) {
    it(`never use each other's (AWS_PROFILE is ${ambient || 'not set'})`, async () => {
      const { ours, theirs } = await open();
      configure({
        'profile ours': { ...role('ours'), endpoint_url: ours.endpoint },
        'profile theirs': { ...role('theirs'), endpoint_url: theirs.endpoint },
        default: { ...keySettings(alice), endpoint_url: nowhere },
      });
      if (ambient !== '') use.aws.setEnvironment({ AWS_PROFILE: ambient });
      const connections = [
        await use.connect({ kind: 'profile', name: 'ours' }),
        await use.connect({ kind: 'profile', name: 'theirs' }),
      ] as const;
      const keys = await Promise.all(
        connections.map(async (connection) => (await connection.identity()).keys),
      );
      for (const [index, connection] of connections.entries()) {
        await assertWorks(connection, () => keys[index]?.accessKeyId);
      }
      assert.notEqual(keys[0]?.accessKeyId, keys[1]?.accessKeyId);
      assert.deepEqual([ours.requests.length, theirs.requests.length], [1, 1]);
    });
  }

  it('a profile without one does not use that of AWS_PROFILE', async () => {
    const { theirs } = await open();
    configure({
      'profile p': { ...role('theirs'), region: 'nowhere-test-1' },
      'profile theirs': { ...role('theirs'), endpoint_url: theirs.endpoint },
    });
    use.aws.setEnvironment({ AWS_PROFILE: 'theirs' });
    await rejection((await use.connect()).identity());
    assert.equal(theirs.requests.length, 0);
  });
});

describe('no connection to STS', () => {
  const { use, role, configure } = useTwoSts();

  const unreached = 'The AWS service that provides credentials for profile "p" could not be reached.';

  async function sentenceAt(endpoint_url: string): Promise<string> {
    configure({ 'profile p': { ...role('ours'), endpoint_url } });
    return formatMessage(explain(await rejection((await use.connect()).identity())).message);
  }

  it('has its own message', async () => {
    assert.ok((await sentenceAt(nowhere)).startsWith(unreached));
  });

  it('is not confused with having no network at all, when no name server answers', () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' });
    const error = new TypeError('fetch failed', { cause });
    assert.equal(isGeneralNetworkFailure(error), true);
    assert.match(formatMessage(explain(error).message), /^This machine seems to be offline/);
  });
});
