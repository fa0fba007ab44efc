import assert from 'node:assert/strict';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { assertExplained } from '../support/explanations.js';
import { alice } from '../../support/identities.js';
import { closedEndpoint } from '../../support/ports.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useWebServer } from '../support/webServer.js';

function moveAliceTo(use: ServerUse, endpoint: string): void {
  use.aws.write({
    credentials: profileText('alice', { ...keySettings(alice), endpoint_url: endpoint }),
  });
}

describe('explain: a request without an answer', () => {
  const use = useServer();

  it('because nothing listens there', async () => {
    moveAliceTo(use, await closedEndpoint());
    const connection = await use.connect();
    const expected = { text: /^Nothing answers at the endpoint/, remedy: 'retry' } as const;
    assertExplained(await rejection(listBuckets(connection)), expected);
    connection.rememberRegion('docs', 'us-east-1');
    const dots = getObjectEntry(connection, { bucket: 'docs', key: 'a/../b' });
    assertExplained(await rejection(dots), expected);
  });

  it('because nothing listens there, for an upload', async () => {
    const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const moved = { ...link, url: link.url.replace(use.server.endpoint, await closedEndpoint()) };
    const upload = uploadThroughLink(
      moved,
      { kind: 'bytes', bytes: Buffer.from('x') },
      { signal: new AbortController().signal },
    );
    assertExplained(await rejection(upload), { text: /^Nothing answers at the endpoint/, remedy: 'retry' });
  });

  it('because the server closes the connection', async () => {
    use.server.setFault(() => ({ kind: 'drop' }));
    const expected = { text: /^The connection to S3 was lost or timed out/, remedy: 'retry' } as const;
    const connection = await use.connect();
    assertExplained(await rejection(listBuckets(connection)), expected);
    connection.rememberRegion('docs', 'us-east-1');
    assertExplained(await rejection(getObjectEntry(connection, { bucket: 'docs', key: './a' })), expected);
  });

  it('because the file is missing', async () => {
    const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const body = { kind: 'file', path: '/missing/file', sizeBytes: 10 } as const;
    const upload = uploadThroughLink(link, body, { signal: new AbortController().signal });
    assertExplained(await rejection(upload), { text: /^The local file cannot be read/, remedy: 'retry' });
  });
});

const pages: readonly (readonly [status: number, page: string])[] = [
  [
    200,
    '<!doctype html><html><head><meta charset="utf-8"><title>Sign in</title></head><body><p>Hello<br>you</body></html>',
  ],
  [200, '<html><body><p>Well formed</p></body></html>'],
  [200, '<!doctype html>\n<html lang="en"><body><script>if (a < b && c) {}</script></body></html>'],
  [
    200,
    '<!doctype html><html lang="en"><head><meta charset="utf-8"/><base href="/"/></head><body><noscript>You need JavaScript.</noscript><div id="root"></div></body></html>',
  ],
  [200, 'It works!'],
  [200, '{"hello":"world"}'],
  [
    404,
    '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>',
  ],
  [403, '<html><body>Blocked by the proxy</body></html>'],
  [405, '<html><body>Method Not Allowed<hr></body></html>'],
  [400, 'Bad Request: the plain HTTP request was sent to an HTTPS port'],
];

describe('explain: a web server instead of S3', () => {
  const use = useServer();
  const serve = useWebServer();

  for (const [status, page] of pages) {
    it(`${status}: ${page.slice(0, 60)}`, async () => {
      moveAliceTo(use, await serve(status, page));
      const connection = await use.connect();
      const expected = { text: /is not an S3 service/, remedy: 'openAwsConfig' } as const;
      assertExplained(await rejection(listBuckets(connection)), expected);
      connection.rememberRegion('docs', 'us-east-1');
      const listing = listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      assertExplained(await rejection(listing), expected);
    });
  }
});

describe('explain: a web server in front of S3', () => {
  const use = useServer();
  const serve = useWebServer();

  it('that reports S3 as unavailable is believed', async () => {
    moveAliceTo(use, await serve(502, '<html><body>Bad Gateway</body></html>'));
    assertExplained(await rejection(listBuckets(await use.connect())), {
      text: /^S3 is busy or temporarily unavailable/,
      remedy: 'retry',
    });
  });
});

describe('explain: an unknown error', () => {
  it('names the kind of error and the first line of its message, without secrets', () => {
    const error = new RangeError(
      `odd thing at https://h.test/p?X-Amz-Signature=${'a'.repeat(64)}\nsecond line`,
    );
    const shown = formatMessage(explain(error).message);
    assert.match(shown, /RangeError: odd thing at https:\/\/h\.test\/p\?\[redacted\]/);
    assert.ok(!shown.includes('second line'));
  });

  it('is short, however long the error is', () => {
    assert.ok(formatMessage(explain(new Error('long '.repeat(1000))).message).length < 250);
  });

  for (const thrown of [undefined, null, 'text', 7, {}, { message: 'secret' }]) {
    it(`accepts what is not an Error: ${JSON.stringify(thrown)}`, () => {
      const { message, remedy } = explain(thrown);
      assert.match(formatMessage(message), /^Something went wrong/);
      assert.ok(!formatMessage(message).includes('secret'));
      assert.equal(remedy, 'retry');
    });
  }
});
