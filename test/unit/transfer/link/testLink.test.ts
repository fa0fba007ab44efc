import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LinkRequest } from '../../../../src/core/links/sign.js';
import { LinkRefusedError } from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import { isTestable, testLink } from '../../../../src/core/transfer/link/testLink.js';
import { dotSegmentKeys } from '../../../support/oddKeys.js';
import { parsedUrl } from '../../support/parsedLinks.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';
import { useListener, useWebServer } from '../../support/webServer.js';
import { writtenV4 } from '../../../support/writtenLinks.js';

const signal = new AbortController().signal;

async function test(use: ServerUse, request: Partial<LinkRequest> = {}) {
  const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60, ...request });
  use.server.clearRequests();
  return testLink(parsedUrl(link.url), { signal });
}

describe('testLink', () => {
  const use = useServer();

  it('requests the first byte of a GET link, never with HEAD', async () => {
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
    for (const key of Object.values(dotSegmentKeys)) {
      use.server.putObject('docs', key, key);
      assert.equal((await test(use, { key })).sizeBytes, key.length);
    }
  });

  it('tests a link that lists', async () => {
    await test(use, { kind: 'list', key: '' });
    assert.equal(use.server.requests[0]?.operation, 'ListObjectsV2');
  });
});

describe('testLink: links without a method', () => {
  const use = useServer();
  const asked = () => use.server.requests.map(({ method, status }) => [method, status]);

  it('tries HEAD if the signature is not for GET', async () => {
    use.server.putObject('docs', 'a', 'hello');
    assert.equal((await test(use, { kind: 'head' })).sizeBytes, 5);
    assert.deepEqual(asked(), [
      ['GET', 403],
      ['HEAD', 200],
    ]);
  });

  it('reports whether the object of a HEAD link exists', async () => {
    const error = await rejection(test(use, { kind: 'head', key: 'gone' }));
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.refusal.status, 404);
  });

  it('reports the answer to GET for a link for neither', async () => {
    const { url } = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    use.server.clearRequests();
    const changed = parsedUrl(url.replace('x-id=GetObject', 'x=y'));
    const error = await rejection(testLink(changed, { signal }));
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.refusal.code, 'SignatureDoesNotMatch');
    assert.deepEqual(asked(), [
      ['GET', 403],
      ['HEAD', 403],
    ]);
  });
});

describe('testLink: scope', () => {
  const use = useServer();

  it('covers links that read', () => {
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
    const location = `${use.server.endpoint}/docs/elsewhere`;
    use.server.setFault(() => ({
      kind: 'status',
      status: 307,
      code: 'TemporaryRedirect',
      headers: { location },
    }));
    use.server.clearRequests();
    const error = await rejection(testLink(parsedUrl(link.url), { signal }));
    assert.equal(error.name, 'LinkRefusedError');
    assert.deepEqual(
      use.server.requests.map(({ path }) => path.includes('elsewhere')),
      [false],
    );
  });
});

describe('testLink: a server that is not S3', () => {
  const serve = useWebServer();

  it('is reported as a web page', async () => {
    const address = `${await serve(403, '<html>Log in</html>')}/docs/a`;
    const error = await rejection(testLink(parsedUrl(writtenV4({ address })), { signal }));
    assert.match(error.message, /web page answered at the address of the link/);
  });
});

describe('testLink: a server that does not answer', () => {
  const use = useServer();
  const serve = useListener();

  it('is abandoned after the time limit', async () => {
    const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    void use.hang('GetObject');
    const timeLimits = { connectMs: 60_000, silenceMs: 300 };
    const error = await rejection(testLink(parsedUrl(link.url), { signal, timeLimits }));
    assert.equal(error.name, 'SilentServerError');
  });

  it('is abandoned when the test is cancelled in the middle of a refusal', async () => {
    const address = `${await serve((_, response) => {
      response.writeHead(403, { 'content-length': 1000 }).write('<Error>');
    })}/docs/a`;
    const abort = new AbortController();
    const arrived = new Promise((resolve) => {
      subscribe('http.client.response.finish', function stop() {
        unsubscribe('http.client.response.finish', stop);
        resolve(undefined);
      });
    });
    const link = parsedUrl(writtenV4({ address }));
    const running = rejection(testLink(link, { signal: abort.signal }));
    await arrived;
    abort.abort();
    assert.equal((await running).name, 'AbortError');
  });
});
