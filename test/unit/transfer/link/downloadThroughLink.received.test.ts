import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  inspectLink,
  readThroughLink,
  saveThroughLink,
  type DownloadLink,
} from '../../../../src/core/transfer/link/downloadThroughLink.js';
import { getLink } from '../../support/downloadLinks.js';
import { useFolder } from '../../support/folders.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const plain = { signal: new AbortController().signal };

describe('a link as handed over', () => {
  const use = useServer();

  it('with an unencoded path returns the same object', async () => {
    const key = 'Gr\u00fc\u00dfe \u{1f600}/a.txt';
    use.server.putObject('docs', key, 'hello');
    const link = await getLink(use, key);
    const path = encodeURI(key);
    assert.ok(link.url.includes(path));
    const written = { ...link, url: link.url.replace(path, () => key) };
    assert.equal((await readThroughLink(written, 1000, plain)).toString(), 'hello');
  });

  it('with a body length among its headers waits for no body', async () => {
    use.server.putObject('docs', 'a.txt', 'hello');
    const link = { ...(await getLink(use)), headers: { 'content-length': '12' } };
    assert.equal((await readThroughLink(link, 1000, plain)).toString(), 'hello');
  });
});

describe('a link signed with a range', () => {
  const folder = useFolder();
  const serve = useListener();
  const target = () => ({ path: join(folder.path, 'a'), overwrite: false });

  async function answered(
    [status, answer, body]: readonly [status: number, answer: Readonly<Record<string, string>>, body: string],
    range = 'bytes=2-4',
  ): Promise<DownloadLink> {
    const address = await serve((_, response) => response.writeHead(status, answer).end(body));
    return { url: `${address}/docs/a`, key: 'a', headers: { range } };
  }

  for (const [written, wholeBytes] of [
    ['100', 100],
    ['*', undefined],
  ] as const) {
    it(`states the bytes it returns: of ${written}`, async () => {
      const link = await answered([206, { 'content-range': `bytes 2-4/${written}` }, 'llo']);
      const { part, sizeBytes } = await inspectLink(link, plain);
      assert.deepEqual([part, sizeBytes], [{ firstByte: 2, lastByte: 4, wholeBytes }, undefined]);
      assert.equal((await saveThroughLink(link, target(), plain)).sizeBytes, 3);
    });
  }

  it('has no part if the server returns everything', async () => {
    const { part } = await inspectLink(await answered([200, {}, 'hello']), plain);
    assert.equal(part, undefined);
  });

  it('is refused if several ranges arrive as multipart', async () => {
    const type = { 'content-type': 'multipart/byteranges; boundary=x' };
    const link = await answered([206, type, '--x']);
    assert.equal((await rejection(inspectLink(link, plain))).name, 'PartialContentError');
  });

  it('never saves a refusal as the object, whatever the range', async () => {
    for (const range of ['bytes=0-0', 'bytes=2-4']) {
      const link = await answered([416, {}, '<Error><Code>InvalidRange</Code></Error>'], range);
      assert.equal((await rejection(inspectLink(link, plain))).name, 'LinkRefusedError');
      assert.equal((await rejection(saveThroughLink(link, target(), plain))).name, 'LinkRefusedError');
      assert.deepEqual(readdirSync(folder.path), []);
    }
  });
});
