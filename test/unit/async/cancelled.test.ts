import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CancelledError, isCancelled } from '../../../src/core/async/cancelled.js';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { retryReason } from '../../../src/core/async/retry.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useLimitedConnection } from '../support/limitedConnection.js';
import { signedPut } from '../support/uploadLinks.js';
import { useListener } from '../support/webServer.js';

/** The error that VS Code throws. */
class Canceled extends Error {
  override readonly name = 'Canceled';
}

const cancels: Readonly<Record<string, () => unknown>> = {
  'a CancelledError': () => new CancelledError(),
  'the reason of an aborted signal': () => AbortSignal.abort().reason as unknown,
  'what Node.js throws for an aborted signal': () =>
    rejection(readFile('.', { signal: AbortSignal.abort() })),
  'the error of VS Code': () => new Canceled('Canceled'),
};

describe('isCancelled', () => {
  const use = useServer();

  for (const [what, make] of Object.entries(cancels)) {
    it(`recognizes ${what}`, async () => {
      assert.equal(isCancelled(await make()), true);
    });
  }

  it('recognizes what an aborted request and an aborted upload throw', async () => {
    const signal = AbortSignal.abort();
    const link = await signedPut(use);
    const connection = await use.connect();
    const body = { kind: 'bytes', bytes: Buffer.from('x') } as const;
    assert.ok(isCancelled(await rejection(listBuckets(connection, signal))));
    assert.ok(isCancelled(await rejection(uploadThroughLink(link, body, { signal }))));
  });

  it('is false for failures', async () => {
    use.server.setFault(() => ({ kind: 'drop' }));
    assert.ok(!isCancelled(await rejection(listBuckets(await use.connect()))));
    for (const other of [new Error('AbortError'), 'AbortError', undefined, { name: 'AbortError' }]) {
      assert.ok(!isCancelled(other));
    }
  });
});

/** Answers of a store that look like other errors. */
const answers: readonly string[] = [
  '<Code>AbortError</Code>',
  '<Code>Canceled</Code>',
  '<Code>CancelledError</Code>',
  '<Code>AbortError</Code><code>ABORT_ERR</code>',
  '<Code>SignInNeededError</Code>',
  '<Code>Final</Code><refusal><status>503</status><code>SlowDown</code></refusal>',
  '<Code>TimeoutError</Code><code>ECONNRESET</code>',
  '<Code>Error</Code><code>ECONNREFUSED</code><syscall>connect</syscall><port>1</port>',
  '<Code>Error</Code><code>ENOTFOUND</code><hostname>elsewhere.example</hostname>',
  '<Code>Error</Code><code>ENOENT</code><path>/etc/passwd</path>',
];

describe('a store whose answer looks like another error', () => {
  const listen = useListener();
  const open = useLimitedConnection();

  for (const answer of answers) {
    it(`is treated as a refusal by the store: ${answer}`, async () => {
      const endpoint = await listen((_request, response) => {
        response.writeHead(400, { 'content-type': 'application/xml' });
        response.end(`<Error>${answer}<Message>No.</Message></Error>`);
      });
      const connection = await open(endpoint);
      const error = await rejection(listPage(connection, { bucket: 'docs', prefix: '', pageSize: 9 }));
      assert.equal(isCancelled(error), false);
      assert.equal(retryReason(error), undefined);
      const { message, remedy } = explain(error);
      assert.equal(remedy, 'retry');
      assert.doesNotMatch(
        formatMessage(message),
        /elsewhere|connection to S3|could not be reached|Nothing answers|local file|proxy/,
      );
    });
  }
});

describe('a store that mentions a sign-in in its message', () => {
  const listen = useListener();
  const open = useLimitedConnection();

  it('is judged by the error code', async () => {
    const endpoint = await listen((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>Token is expired</Message></Error>');
    });
    const connection = await open(endpoint);
    const error = await rejection(listPage(connection, { bucket: 'docs', prefix: '', pageSize: 9 }));
    assert.match(formatMessage(explain(error).message), /^S3 denied access/);
  });
});
