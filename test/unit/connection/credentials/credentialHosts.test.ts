import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../../src/core/connection/environment.js';
import { useCredentialSources, type Sections } from '../../support/credentialSources.js';
import { hostsAsked } from '../../support/hostsAsked.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { rejection } from '../../../support/values.js';

const region = 'nowhere-test-1';
const role = { role_arn: 'arn:aws:iam::123456789012:role/r', region };
const fips = { use_fips_endpoint: 'true' };
const dualstack = { use_dualstack_endpoint: 'true' };

const rows: readonly (readonly [what: string, settings: Record<string, string>, sts: string, sso: string])[] =
  [
    ['nothing', {}, `sts.${region}.amazonaws.com`, `portal.sso.${region}.amazonaws.com`],
    ['FIPS', fips, `sts-fips.${region}.amazonaws.com`, `portal.sso-fips.${region}.amazonaws.com`],
    ['dual-stack', dualstack, `sts.${region}.api.aws`, `portal.sso.${region}.api.aws`],
  ];

describe('the host of a credential service follows the profile, not AWS_PROFILE', () => {
  const use = useCredentialSources();

  function configure(settings: Readonly<Record<string, string>>): void {
    const cache = join(use.aws.folder, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: 'access', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    writeFileSync(join(cache, `${createHash('sha1').update('s').digest('hex')}.json`), JSON.stringify(token));
    writeFileSync(join(use.aws.folder, 'token'), 'a.b.c');
    const sso = { sso_session: 's', sso_account_id: '123456789012', sso_role_name: 'r' };
    const sections: Sections = {
      'profile role': { ...role, source_profile: 'base', ...settings },
      'profile web': { ...role, web_identity_token_file: join(use.aws.folder, 'token'), ...settings },
      'profile sso': { ...sso, ...settings },
      'sso-session s': { sso_region: region, sso_start_url: 'https://signpost.awsapps.com/start' },
      'profile base': keySettings(alice),
      'profile loud': { ...keySettings(alice), ...fips, ...dualstack },
      'profile quiet': keySettings(alice),
    };
    use.configure(sections);
  }

  async function asked(name: string, env: Environment = {}): Promise<readonly string[]> {
    const connection = await use.connect({ kind: 'profile', name }, { env });
    return hostsAsked(() => rejection(connection.identity()));
  }

  for (const [what, settings, sts, sso] of rows) {
    for (const ambient of ['loud', 'quiet']) {
      it(`${what}, with AWS_PROFILE ${ambient}`, async () => {
        configure(settings);
        use.aws.setEnvironment({ AWS_PROFILE: ambient });
        assert.deepEqual(await asked('role'), [sts]);
        assert.deepEqual(await asked('web'), [sts]);
        assert.deepEqual(await asked('sso'), [sso]);
      });
    }
  }

  it('follows the variables of the connection', async () => {
    configure({});
    assert.deepEqual(await asked('role', { AWS_USE_FIPS_ENDPOINT: 'true' }), [
      `sts-fips.${region}.amazonaws.com`,
    ]);
  });
});
