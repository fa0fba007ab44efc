import assert from 'node:assert/strict';
import { startSts, type Role } from '../../../servers/aws/sts.js';
import { assertWorks, useCredentialSources, type Sections } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { must, rejection } from '../../../support/values.js';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** Profiles at the local STS, which has the roles. */
function useSts() {
  const use = useCredentialSources();
  return {
    use,
    open: async (roles: readonly Role[], sections: Sections) => {
      const sts = await use.start(startSts({ issuer: use.issuer, roles }));
      const local = { sts: { endpoint_url: sts.endpoint } };
      const located = Object.entries(sections).map(([name, settings]) => [
        name,
        { services: 'local', ...settings },
      ]);
      use.configure({
        ...(Object.fromEntries(located) as Sections),
        'profile base': keySettings(alice),
        'services local': local,
      });
      return sts;
    },
  };
}

/** The fields of each AssumeRole request. */
function fieldsOf({ requests }: { readonly requests: readonly { readonly body: string }[] }) {
  return requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
}

describe('role_arn with source_profile', () => {
  const { use, open } = useSts();

  it('lists and signs, and its expiry is known', async () => {
    const roles = [{ arn: arn('r'), trusts: [alice.accessKeyId] }];
    const sts = await open(roles, { 'profile p': { role_arn: arn('r'), source_profile: 'base' } });
    const connection = await use.connect();
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    const at = must(use.issuer.last).expiration;
    assert.deepEqual((await connection.identity()).expiry, { kind: 'at', at });
    assert.equal(sts.requests.length, 1);
    assert.match(must(fieldsOf(sts)[0]?.RoleSessionName), /^signpost-\d+$/);
  });

  it('may be a chain of two', async () => {
    const roles = [
      { arn: arn('inner'), trusts: [alice.accessKeyId] },
      { arn: arn('outer'), trusts: [], trustsGrants: [arn('inner')] },
    ];
    const sts = await open(roles, {
      'profile p': { role_arn: arn('outer'), source_profile: 'middle' },
      'profile middle': { role_arn: arn('inner'), source_profile: 'base' },
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    assert.deepEqual(
      fieldsOf(sts).map(({ RoleArn }) => RoleArn),
      [arn('inner'), arn('outer')],
    );
    assert.equal(use.issuer.grants.at(-1)?.by, arn('outer'));
  });
});

describe('role_arn with source_profile: other settings', () => {
  const { use, open } = useSts();

  it('may use keys in the same profile', async () => {
    await open([{ arn: arn('r'), trusts: [alice.accessKeyId] }], {
      'profile p': { ...keySettings(alice), role_arn: arn('r'), source_profile: 'p' },
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  it('uses the keys of its source even if that has a role too', async () => {
    await open([{ arn: arn('r'), trusts: [alice.accessKeyId] }], {
      'profile p': { role_arn: arn('r'), source_profile: 'both' },
      'profile both': { ...keySettings(alice), role_arn: arn('other'), source_profile: 'base' },
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  it('sends external_id, duration_seconds and role_session_name', async () => {
    const role = { arn: arn('r'), externalId: 'ext/1', maxSeconds: 7200 };
    const sts = await open([role], {
      'profile p': {
        role_arn: arn('r'),
        source_profile: 'base',
        external_id: 'ext/1',
        duration_seconds: '7200',
        role_session_name: 'me@work',
      },
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    const [fields] = fieldsOf(sts);
    assert.equal(fields?.DurationSeconds, '7200');
    assert.equal(fields.RoleSessionName, 'me@work');
  });
});

describe('role_arn, refused', () => {
  const { use, open } = useSts();
  const profile = { role_arn: arn('r'), source_profile: 'base' };

  const rows: readonly (readonly [what: string, role: Partial<Role>, settings: object, text: RegExp])[] = [
    [
      'to a principal it does not trust',
      { trusts: [] },
      {},
      /^AWS did not let profile "p" assume the role arn/,
    ],
    ['for a wrong external_id', { externalId: 'a' }, { external_id: 'b' }, /or the external_id is wrong/],
    [
      'for a duration that is too long',
      {},
      { duration_seconds: '43200' },
      /^The role of profile "p" does not allow its duration_seconds/,
    ],
    [
      'for a duration that is too short',
      {},
      { duration_seconds: '60' },
      /^The role of profile "p" does not allow its duration_seconds/,
    ],
    ['for an invalid session name', {}, { role_session_name: 'a b' }, /\(ValidationError\)/],
  ];
  for (const [what, role, settings, text] of rows) {
    it(what, async () => {
      await open([{ arn: arn('r'), ...role }], { 'profile p': { ...profile, ...settings } });
      const error = await rejection((await use.connect()).identity());
      assert.match(error.message, text);
    });
  }
});

describe('role_arn with a source that AWS refuses', () => {
  const { use, open } = useSts();
  const profile = { role_arn: arn('r'), source_profile: 'base' };

  it('with an unknown access key', async () => {
    await open([{ arn: arn('r') }], {
      'profile p': { ...profile, source_profile: 'stranger' },
      'profile stranger': keySettings({ accessKeyId: 'AKIASTRANGER0000TEST', secretAccessKey: 'x' }),
    });
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^AWS rejected the keys that profile "p"/);
  });

  it('with a wrong secret key', async () => {
    await open([{ arn: arn('r') }], {
      'profile p': { ...profile, source_profile: 'wrong' },
      'profile wrong': keySettings({ ...alice, secretAccessKey: 'wrong' }),
    });
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^AWS rejected the keys that profile "p"/);
  });

  it('with expired keys', async () => {
    use.issuer.known.push({
      accessKeyId: 'ASIAENDED',
      secretAccessKey: 's',
      sessionToken: 't',
      expired: true,
    });
    await open([{ arn: arn('r') }], {
      'profile p': { ...profile, source_profile: 'ended' },
      'profile ended': keySettings({ accessKeyId: 'ASIAENDED', secretAccessKey: 's', sessionToken: 't' }),
    });
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^The credentials that profile "p" uses to assume its role have expired/);
  });
});
