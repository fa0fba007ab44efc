import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProfileError } from '../../../../src/core/connection/credentials/identity.js';
import { startSts } from '../../../servers/aws/sts.js';
import { assertWorks, useCredentialSources } from '../../support/credentialSources.js';
import { hostsAsked } from '../../support/hostsAsked.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { rejection } from '../../../support/values.js';

const arn = 'arn:aws:iam::123456789012:role/r';
const role = { role_arn: arn, source_profile: 'base' };
const base = { 'profile base': keySettings(alice) };
const startUrl = 'https://signpost.awsapps.com/start';
const account = { sso_account_id: '123456789012', sso_role_name: 'r' };

describe('no region where one is needed', () => {
  const use = useCredentialSources();

  async function failure(): Promise<Error> {
    const connection = await use.connect();
    const failed: Error[] = [];
    const hosts = await hostsAsked(async () => {
      failed.push(await rejection(connection.identity()));
    });
    assert.deepEqual(hosts, []);
    const [error] = failed;
    assert.ok(error instanceof ProfileError);
    return error;
  }

  it('for a role has its own message, and nothing is sent', async () => {
    use.configure({ 'profile p': role, ...base });
    assert.match((await failure()).message, /^Profile "p" needs a region/);
  });

  it('for a web identity role too', async () => {
    use.configure({ 'profile p': { role_arn: arn, web_identity_token_file: '/missing' } });
    assert.match((await failure()).message, /^Profile "p" needs a region/);
  });

  it('for an sso-session', async () => {
    const cache = join(use.aws.folder, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, `${createHash('sha1').update('s').digest('hex')}.json`), '{}');
    use.configure({
      'profile p': { sso_session: 's', ...account },
      'sso-session s': { sso_start_url: startUrl },
    });
    assert.match((await failure()).message, /^The sso-session "s" of profile "p" has no region/);
  });

  it('for the legacy SSO settings', async () => {
    use.configure({ 'profile p': { sso_start_url: startUrl, ...account } });
    assert.match((await failure()).message, /^Profile "p" has no region for its sign-in\. Add sso_region/);
  });
});

describe('no region in a profile', () => {
  const use = useCredentialSources();

  it('means that of the profile that uses it', async () => {
    use.configure({
      'profile p': { role_arn: arn, source_profile: 'middle', region: 'nowhere-test-1' },
      'profile middle': role,
      ...base,
    });
    const connection = await use.connect();
    const hosts = await hostsAsked(() => rejection(connection.identity()));
    assert.deepEqual(hosts, ['sts.nowhere-test-1.amazonaws.com']);
  });

  it('does not matter if the STS endpoint is set', async () => {
    const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn }] }));
    use.configure({ 'profile p': { ...role, endpoint_url: sts.endpoint }, ...base });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });
});
