import assert from 'node:assert/strict';
import type { LinkRequest } from '../../../src/core/links/sign.js';
import { isTestable, testLink } from '../../../src/core/transfer/testLink.js';
import { dotSegmentKeys } from '../support/oddKeys.js';
import { parsedUrl } from '../support/parsedLinks.js';
import { useServer, type ServerUse } from '../support/server.js';
import { rejection } from '../support/values.js';
import { useWebServer } from '../support/webServer.js';
import { writtenV4 } from '../support/writtenLinks.js';

const signal = new AbortController().signal;

async function test(use: ServerUse, request: Partial<LinkRequest> = {}) {
  const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60, ...request });
  use.server.clearRequests();
  return testLink(parsedUrl(link.url), { signal });
}

describe('testLink', () => {
  const use = useServer();

  it('asks a GET link for its first byte, never by HEAD', async () => {
    use.server.putObject('docs', 'a', 'hello');
    assert.deepEqual(await test(use), { sizeBytes: 5, contentType: 'binary/octet-stream' });
    const [request, ...more] = use.server.requests;
    assert.deepEqual([request?.method, request?.headers.range, request?.status], ['GET', 'bytes=0-0', 206]);
    assert.deepEqual(more, []);
  });

  it('finds an empty object', async () => {
    use.server.putObject('docs', 'a', '');
    assert.equal((await test(use)).sizeBytes, 0);
  });

  it('reaches keys with dot segments', async () => {
    for (const key of dotSegmentKeys) {
      use.server.putObject('docs', key, key);
      assert.equal((await test(use, { key })).sizeBytes, key.length);
    }
  });

  it('tries a link that lists, and a HEAD link by HEAD', async () => {
    use.server.putObject('docs', 'a', 'hello');
    await test(use, { kind: 'list', key: '' });
    assert.equal(use.server.requests[0]?.operation, 'ListObjectsV2');
    const link = await use.sign({ kind: 'head', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const answer = await testLink({ ...parsedUrl(link.url), methods: ['HEAD'] }, { signal });
    assert.equal(answer.sizeBytes, 5);
  });
});

describe('testLink: what it is for', () => {
  const use = useServer();

  it('is for links that read', () => {
    for (const [id, testable] of [
      ['GetObject', true],
      ['HeadObject', true],
      ['PutObject', false],
      ['DeleteObject', false],
      ['Unknown', true],
    ] as const) {
      const link = parsedUrl(writtenV4({ address: 'https://b.s3.amazonaws.com/k', more: [`x-id=${id}`] }));
      assert.equal(isTestable(link), testable, id);
    }
  });

  it('follows no redirect', async () => {
    const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    use.server.setFault(() => ({ kind: 'status', status: 307, code: 'TemporaryRedirect' }));
    use.server.clearRequests();
    const error = await rejection(testLink(parsedUrl(link.url), { signal }));
    assert.equal(error.name, 'LinkRefusedError');
    assert.equal(use.server.requests.length, 1);
  });
});

describe('testLink: what is no S3', () => {
  const serve = useWebServer();

  it('is said of a web page', async () => {
    const address = `${await serve(403, '<html>Log in</html>')}/docs/a`;
    const error = await rejection(testLink(parsedUrl(writtenV4({ address })), { signal }));
    assert.match(error.message, /web page and not S3/);
  });

  it('ends after the time that it is given', async () => {
    const address = `${await serve(200, 'x')}/docs/a`;
    const link = parsedUrl(writtenV4({ address }));
    const error = await rejection(testLink(link, { signal: AbortSignal.abort() }));
    assert.equal(error.name, 'AbortError');
  });
});
