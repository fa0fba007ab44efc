import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCredentialProcess } from '../../../../src/core/connection/credentials/credentialProcess.js';
import { credentialsExpiry, CredentialsError } from '../../../../src/core/connection/credentials/identity.js';
import { quotePosix } from '../../../../src/core/text/quote.js';
import { useFolder } from '../../support/folders.js';
import { isRunning } from '../../../support/processes.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const secret = 'kept-in-the-command-line';
const keys = { AccessKeyId: 'AKIA', SecretAccessKey: 's' };
const printing = (output: string) => `printf %s ${quotePosix(output)}`;
const printingJson = (value: unknown) => printing(JSON.stringify(value));

async function failureOf(command: string): Promise<string> {
  const error = await rejection(runCredentialProcess(command, { profile: 'p' }));
  assert.ok(error instanceof CredentialsError);
  const everything =
    JSON.stringify(error) + error.message + (error.stack ?? '') + JSON.stringify(error.cause ?? '');
  assert.ok(!everything.includes(secret), 'the input or output of the program is in the error');
  return error.message;
}

describe('runCredentialProcess', () => {
  it('reads long-term keys', async () => {
    const identity = await runCredentialProcess(printingJson({ Version: 1, ...keys }), { profile: 'p' });
    assert.deepEqual(identity, { accessKeyId: 'AKIA', secretAccessKey: 's' });
  });

  it('reads temporary keys and their expiry', async () => {
    const output = { Version: 1, ...keys, SessionToken: 't', Expiration: '2030-01-01T00:00:00Z' };
    assert.deepEqual(await runCredentialProcess(printingJson(output), { profile: 'p' }), {
      accessKeyId: 'AKIA',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date('2030-01-01T00:00:00Z'),
    });
  });

  it('treats an empty token as absent: the keys are long-term', async () => {
    const output = { Version: 1, ...keys, SessionToken: '', Expiration: '' };
    const identity = await runCredentialProcess(printingJson(output), { profile: 'p' });
    assert.deepEqual(credentialsExpiry(identity), { kind: 'never' });
  });
});

describe('runCredentialProcess: output that is refused', () => {
  const unread: readonly (readonly [what: string, output: string])[] = [
    ['empty output', ''],
    ['text', secret],
    ['truncated JSON', `{"Version":1,"AccessKeyId":"${secret}"`],
    ['null', 'null'],
    ['an unsupported version', JSON.stringify({ Version: 2, ...keys })],
    ['output without a version', JSON.stringify(keys)],
    ['output without a secret key', JSON.stringify({ Version: 1, AccessKeyId: secret })],
    ['an empty secret key', JSON.stringify({ Version: 1, AccessKeyId: secret, SecretAccessKey: '' })],
    // Refused like in the AWS CLI: the time would differ between time zones.
    [
      'an expiration without a time zone',
      JSON.stringify({ Version: 1, ...keys, Expiration: '2030-01-01T00:00:00' }),
    ],
    ['an invalid expiration', JSON.stringify({ Version: 1, ...keys, Expiration: 'soon' })],
  ];
  for (const [what, output] of unread) {
    it(`does not accept ${what} as credentials`, async () => {
      assert.match(await failureOf(printing(output)), /"p" did not print credentials/);
    });
  }

  for (const command of [
    `echo ${secret} >&2; exit 3`,
    `/missing/${secret}`,
    `${printing(secret)}; exit 1`,
    'kill -9 $$',
  ]) {
    it(`reports only that it failed: ${command}`, async () => {
      assert.match(await failureOf(command), /"p" failed/);
    });
  }
});

describe('runCredentialProcess: a program that does not exit', () => {
  const folder = useFolder();

  it('is stopped with everything it started', async () => {
    const pidFile = join(folder.path, 'pid');
    const command = `sleep 60 & echo $! > ${quotePosix(pidFile)}; wait`;
    const error = await rejection(runCredentialProcess(command, { profile: 'p', limitMs: 2000 }));
    assert.match(error.message, /"p" .* was stopped/);
    assert.ok(existsSync(pidFile));
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await poll(() => !isRunning(pid), { what: 'the end of what the program started' });
  });

  it('is stopped when its credentials are no longer needed', async () => {
    const pidFile = join(folder.path, 'pid');
    const command = `sleep 60 & echo $! > ${quotePosix(pidFile)}; wait`;
    const abort = new AbortController();
    const failure = rejection(runCredentialProcess(command, { profile: 'p', signal: abort.signal }));
    await poll(() => pidIn(pidFile) > 0, { what: 'the program to start' });
    abort.abort();
    assert.equal((await failure).name, 'AbortError');
    await poll(() => !isRunning(pidIn(pidFile)), { what: 'the end of what the program started' });
  });

  it('is not started for a closed connection', async () => {
    const command = `touch ${quotePosix(join(folder.path, 'begun'))}`;
    await rejection(runCredentialProcess(command, { profile: 'p', signal: AbortSignal.abort() }));
    assert.ok(!existsSync(join(folder.path, 'begun')));
  });
});

/** The process ID that a program wrote; 0 before that. */
function pidIn(file: string): number {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}
