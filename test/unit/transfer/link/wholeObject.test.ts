import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import {
  inspectLink,
  readThroughLink,
  saveThroughLink,
} from '../../../../src/core/transfer/link/downloadThroughLink.js';
import { testLink } from '../../../../src/core/transfer/link/testLink.js';
import { getLink } from '../../support/downloadLinks.js';
import { useFolder } from '../../support/folders.js';
import { parsedUrl } from '../../support/parsedLinks.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();
const once = { attempts: 1, pauseMs: 0, totalMs: 1000 };

/** Announces a thousand bytes to a request for the first byte; the test answers requests for everything. */
function announcing(answer: RequestListener): RequestListener {
  return (request, response) => {
    if (request.headers.range !== 'bytes=0-0') answer(request, response);
    else response.writeHead(206, { 'content-range': 'bytes 0-0/1000', etag: '"e"' }).end('a');
  };
}

const dishonest: Readonly<Record<string, [RequestListener, string]>> = {
  'a part that was not requested': [
    (_, response) => response.writeHead(206, { 'content-length': 100 }).end('a'.repeat(100)),
    'PartialContentError',
  ],
  'an answer without content': [(_, response) => response.writeHead(204).end(), 'PartialContentError'],
  'fewer bytes, without a length': [
    (_, response) => response.writeHead(200).end('a'.repeat(300)),
    'SizeMismatchError',
  ],
  'fewer bytes, with their length': [
    (_, response) => response.writeHead(200, { 'content-length': 300 }).end('a'.repeat(300)),
    'SizeMismatchError',
  ],
  'one byte more': [(_, response) => response.writeHead(200).end('a'.repeat(1001)), 'SizeMismatchError'],
  'endless bytes': [
    (_, response) => {
      const more = () => {
        while (response.write('a'.repeat(65_536)));
      };
      response.writeHead(200).on('drain', more);
      more();
    },
    'SizeMismatchError',
  ],
  'a sign-in page': [
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>'),
    'WebPageError',
  ],
};

describe('a download from a server that announces a thousand bytes', () => {
  const serve = useListener();
  const folder = useFolder();

  for (const [what, [answer, name]] of Object.entries(dishonest)) {
    it(`fails, and leaves no file, if it sends ${what}`, async () => {
      const link = { url: `${await serve(announcing(answer))}/b/k?x=y`, key: 'k', headers: {} };
      const { sizeBytes } = await inspectLink(link, { signal });
      assert.equal(sizeBytes, 1000);
      const options = { signal, retryLimits: once, expectedBytes: sizeBytes };
      const path = join(folder.path, 'k');
      const saving = await rejection(saveThroughLink(link, { path, overwrite: false }, options));
      const reading = await rejection(readThroughLink(link, 1e6, options));
      assert.deepEqual([saving.name, reading.name, existsSync(path)], [name, name, false]);
    });
  }
});

describe('a download through a link that was signed for a range', () => {
  const use = useServer();
  const serve = useListener();
  const folder = useFolder();

  it('is offered and saved with the size of the range', async () => {
    use.server.putObject('docs', 'a', 'hello world');
    const link = { ...(await getLink(use, 'a')), headers: { range: 'bytes=0-4' } };
    const { sizeBytes } = await inspectLink(link, { signal });
    const target = { path: join(folder.path, 'a'), overwrite: false };
    const saved = await saveThroughLink(link, target, { signal, expectedBytes: sizeBytes });
    assert.deepEqual([sizeBytes, saved.sizeBytes], [5, 5]);
  });

  for (const [what, contentRange, part] of [
    ['the whole object', 'bytes 0-9/10', undefined],
    ['its beginning', 'bytes 0-9/11', { firstByte: 0, lastByte: 9, wholeBytes: 11 }],
    ['its end', 'bytes 1-10/11', { firstByte: 1, lastByte: 10, wholeBytes: 11 }],
    ['a range of an unknown size', 'bytes 0-9/*', { firstByte: 0, lastByte: 9, wholeBytes: undefined }],
  ] as const) {
    it(`is reported as ${part === undefined ? 'no part' : 'a part'} if it returns ${what}`, async () => {
      const address = await serve((_, response) => {
        response.writeHead(206, { 'content-range': contentRange, etag: '"e"' }).end('a'.repeat(10));
      });
      const link = { url: `${address}/b/k?x=y`, key: 'k', headers: { range: 'bytes=0-' } };
      assert.deepEqual((await inspectLink(link, { signal })).part, part);
    });
  }
});

describe('a page that answers instead of S3', () => {
  const serve = useListener();
  const page: RequestListener = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>');

  it('is not a working link, and not a download', async () => {
    const address = await serve(page);
    const link = parsedUrl(
      `${address}/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20300101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20300101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`,
    );
    assert.equal((await rejection(testLink(link, { signal }))).name, 'WebPageError');
    const asked = { url: link.url, key: 'k', headers: {} };
    assert.equal((await rejection(inspectLink(asked, { signal }))).name, 'WebPageError');
  });
});

describe('a stored page', () => {
  const use = useServer();

  it('is an object like any other', async () => {
    use.server.putObject('docs', 'index.html', '<p>Hello</p>', { contentType: 'text/html' });
    const link = await getLink(use, 'index.html');
    assert.equal((await testLink(parsedUrl(link.url), { signal })).sizeBytes, 12);
    assert.equal((await readThroughLink(link, 100, { signal })).toString(), '<p>Hello</p>');
  });
});
