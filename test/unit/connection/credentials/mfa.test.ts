import assert from 'node:assert/strict';
import { isCancelled } from '../../../../src/core/async/cancelled.js';
import { needsUserInput } from '../../../../src/core/connection/credentials/credentials.js';
import { loadAwsFiles } from '../../../../src/core/connection/profiles/profiles.js';
import { startSts, type Role } from '../../../servers/aws/sts.js';
import { assertWorks, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { must, rejection } from '../../../support/values.js';

const roleArn = 'arn:aws:iam::123456789012:role/mfa-admin';
const serial = 'arn:aws:iam::123456789012:mfa/somebody';

/** A profile whose role needs an MFA code; `asked` records the prompts. */
function useMfa() {
  const use = useCredentialSources();
  const asked: { readonly serial: string; readonly retry: boolean }[] = [];
  beforeEach(() => {
    asked.length = 0;
  });
  return {
    use,
    asked,
    open: async (answers: readonly (string | undefined)[], role: Partial<Role> = {}) => {
      const mfa = { serial, codes: ['123456'] };
      const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn: roleArn, mfa, ...role }] }));
      use.configure({
        'profile p': { role_arn: roleArn, source_profile: 'base', mfa_serial: serial, services: 'local' },
        'profile base': keySettings(alice),
        'profile above': { role_arn: roleArn, source_profile: 'p' },
        'profile round': { role_arn: roleArn, source_profile: 'round' },
        'services local': { sts: { endpoint_url: sts.endpoint } },
      });
      const mfaCode = (device: string, { retry }: { readonly retry: boolean }) => {
        asked.push({ serial: device, retry });
        return Promise.resolve(answers[asked.length - 1]);
      };
      return { sts, connection: await use.connect(undefined, { mfaCode }) };
    },
  };
}

describe('mfa_serial', () => {
  const { use, asked, open } = useMfa();

  it('prompts for a code of the device by its ARN, once, and lists and signs', async () => {
    const { connection } = await open(['123456']);
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.deepEqual(asked, [{ serial, retry: false }]);
  });

  it('accepts a code typed with a space', async () => {
    const { connection } = await open(['123 456 ']);
    await connection.identity();
    assert.equal(asked.length, 1);
  });

  for (const wrong of ['654321', '12345', 'abcdef', '']) {
    it(`prompts again after a wrong code: ${wrong || 'nothing'}`, async () => {
      const { connection } = await open([wrong, '123456']);
      await assertWorks(connection, () => use.issuer.last?.accessKeyId);
      assert.deepEqual(
        asked.map(({ retry }) => retry),
        [false, true],
      );
    });
  }

  it('is cancelled by Esc, and nothing is sent', async () => {
    const { connection, sts } = await open([undefined]);
    const error = await rejection(signObject(connection));
    assert.equal(error.name, 'AbortError');
    assert.ok(isCancelled(error));
    assert.equal(sts.requests.length, 0);
  });

  it('is cancelled by Esc after a wrong code', async () => {
    const { connection } = await open(['654321', undefined]);
    assert.ok(isCancelled(await rejection(connection.identity())));
    assert.equal(asked.length, 2);
  });
});

describe('mfa_serial, once only', () => {
  const { use, asked, open } = useMfa();

  it('prompts once for several callers', async () => {
    const { connection } = await open(['123456']);
    await Promise.all([connection.identity(), signObject(connection), signObject(connection)]);
    assert.equal(asked.length, 1);
  });

  it('does not prompt twice for a link that outlasts the role', async () => {
    const { connection } = await open(['123456']);
    const link = await signObject(connection, { expiresInSeconds: 7200 });
    assert.equal(link.limit, 'credentials');
    assert.equal(asked.length, 1);
  });

  it('does not prompt in the last minutes of the role, including a role based on a role', async () => {
    const { connection } = await open(['123456'], { lifeSeconds: 200 });
    const { profiles } = await loadAwsFiles();
    await connection.identity();
    await connection.identity();
    assert.equal(asked.length, 1);
    assert.ok(needsUserInput(must(profiles.get('p')), profiles));
    assert.ok(needsUserInput(must(profiles.get('above')), profiles));
    assert.ok(!needsUserInput(must(profiles.get('base')), profiles));
    assert.ok(!needsUserInput(must(profiles.get('round')), profiles));
  });

  it('does not prompt again when a code cannot help', async () => {
    const { connection } = await open(['123456', '123456'], {
      mfa: { serial: 'another', codes: ['123456'] },
    });
    const error = await rejection(connection.identity());
    assert.match(error.message, /^AWS does not recognize the MFA device of profile "p"/);
    assert.equal(asked.length, 1);
  });

  it('does not prompt again when the role, whose name contains "mfa", is denied', async () => {
    const { connection } = await open(['123456', '123456'], { trusts: [] });
    const error = await rejection(connection.identity());
    assert.match(error.message, /^AWS did not let profile "p" assume the role/);
    assert.equal(asked.length, 1);
  });

  it('is cancelled if there is no prompt', async () => {
    await open([]);
    assert.ok(isCancelled(await rejection((await use.connect()).identity())));
    assert.equal(must(asked.length === 0 ? 'there was no prompt' : undefined), 'there was no prompt');
  });
});
