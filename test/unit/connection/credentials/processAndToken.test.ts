import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quotePosix } from '../../../../src/core/text/quote.js';
import type { IssuedKeys } from '../../../servers/aws/keys.js';
import { startSts } from '../../../servers/aws/sts.js';
import { assertWorks, useCredentialSources } from '../../support/credentialSources.js';
import { isRunning } from '../../../support/processes.js';
import { poll } from '../../../support/poll.js';
import { must, rejection } from '../../../support/values.js';

describe('credential_process', () => {
  const use = useCredentialSources();

  function printing({ accessKeyId, secretAccessKey, sessionToken, expiration }: IssuedKeys): string {
    const file = join(use.aws.folder, `${accessKeyId}.json`);
    const output = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.toISOString(),
    };
    writeFileSync(file, JSON.stringify(output));
    return `cat ${quotePosix(file)}`;
  }

  it('lists and signs, and its expiry is known', async () => {
    const keys = use.issuer.issue('program', 3600);
    use.configure({ 'profile p': { credential_process: printing(keys) } });
    const connection = await use.connect();
    await assertWorks(connection, () => keys.accessKeyId);
    assert.deepEqual((await connection.identity()).expiry, { kind: 'at', at: keys.expiration });
  });

  it('runs in the home folder, not in a folder that a workspace may control', async () => {
    const keys = use.issuer.issue('program', 3600);
    printing(keys);
    use.configure({ 'profile p': { credential_process: `cat ${keys.accessKeyId}.json` } });
    await assertWorks(await use.connect(), () => keys.accessKeyId);
  });

  it('is run again after an edit of the file and another connect', async () => {
    for (const keys of [use.issuer.issue('program', 3600), use.issuer.issue('program', 3600)]) {
      use.configure({ 'profile p': { credential_process: printing(keys) } });
      await assertWorks(await use.connect(), () => keys.accessKeyId);
    }
  });
});

describe('credential_process whose keys have no known expiry', () => {
  const use = useCredentialSources();

  it('is run again only after S3 has refused them', async () => {
    const file = join(use.aws.folder, 'keys.json');
    const print = ({ accessKeyId, secretAccessKey, sessionToken }: IssuedKeys) => {
      const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
      writeFileSync(file, JSON.stringify({ Version: 1, ...keys }));
    };
    const [first, second] = [use.issuer.issue('program', 3600), use.issuer.issue('program', 3600)];
    print(first);
    use.configure({ 'profile p': { credential_process: `cat ${quotePosix(file)}` } });
    const connection = await use.connect();
    await assertWorks(connection, () => first.accessKeyId);
    print(second);
    await assertWorks(connection, () => first.accessKeyId);
    use.issuer.end(first);
    assert.equal((await rejection(assertWorks(connection, () => undefined))).name, 'ExpiredToken');
    await assertWorks(connection, () => second.accessKeyId);
  });
});

describe('credential_process that does not exit', () => {
  const use = useCredentialSources();

  it('is stopped at its limit, with what it started', async () => {
    const pidFile = join(use.aws.folder, 'pid');
    use.configure({ 'profile p': { credential_process: `sleep 60 & echo $! > ${pidFile}; wait` } });
    const connection = await use.connect(undefined, { limits: { processMs: 300 } });
    const error = await rejection(connection.identity());
    assert.match(error.message, /^The credential_process of profile "p" .* was stopped/);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await poll(() => !isRunning(pid), { what: 'the end of what the program started' });
  });

  it('ends with the connection, with what it started', async () => {
    const pidFile = join(use.aws.folder, 'pid');
    use.configure({ 'profile p': { credential_process: `sleep 60 & echo $! > ${pidFile}; wait` } });
    const connection = await use.connect();
    const failed = rejection(connection.identity());
    const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
    await poll(() => pid() > 0, { what: 'the program to start' });
    connection.dispose();
    assert.equal((await failed).name, 'AbortError');
    await poll(() => !isRunning(pid()), { what: 'the end of what the program started' });
  });

  it('of a source profile is limited too', async () => {
    use.configure({
      'profile p': { role_arn: 'arn:aws:iam::123456789012:role/r', source_profile: 'q' },
      'profile q': { credential_process: 'sleep 60' },
    });
    const connection = await use.connect(undefined, { limits: { processMs: 100 } });
    assert.match((await rejection(connection.identity())).message, /profile "q" .* was stopped/);
  });
});

function useWebIdentity() {
  const use = useCredentialSources();
  const arn = 'arn:aws:iam::123456789012:role/r';

  async function open(
    token: string,
  ): Promise<{ file: string; requests: readonly { readonly body: string }[] }> {
    const roles = [{ arn, webIdentityToken: 'a.b.c' }];
    const sts = await use.start(startSts({ issuer: use.issuer, roles }));
    const file = join(use.aws.folder, 'token');
    writeFileSync(file, token);
    use.configure({
      'profile p': {
        role_arn: arn,
        web_identity_token_file: file,
        role_session_name: 'me',
        services: 'local',
      },
      'services local': { sts: { endpoint_url: sts.endpoint } },
    });
    return { file, requests: sts.requests };
  }

  return { use, open };
}

describe('web_identity_token_file', () => {
  const { use, open } = useWebIdentity();

  it('lists and signs, and its expiry is known', async () => {
    const { requests } = await open('a.b.c');
    const connection = await use.connect();
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.deepEqual((await connection.identity()).expiry, {
      kind: 'at',
      at: must(use.issuer.last).expiration,
    });
    assert.equal(new URLSearchParams(requests[0]?.body).get('RoleSessionName'), 'me');
  });

  it('is read again each time', async () => {
    const { file } = await open('ended');
    const connection = await use.connect();
    assert.match(
      (await rejection(connection.identity())).message,
      /^The web identity token of profile "p" has expired/,
    );
    writeFileSync(file, 'a.b.c');
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
  });

  it('with an invalid token has its own message', async () => {
    await open('nonsense');
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^AWS rejected the web identity token of profile "p"/);
  });

  it('with a missing file has its own message', async () => {
    rmSync((await open('a.b.c')).file);
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^The web identity token file of profile "p" cannot be read/);
  });
});
