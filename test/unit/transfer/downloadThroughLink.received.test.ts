import assert from 'node:assert/strict';
import { readThroughLink, type DownloadLink } from '../../../src/core/transfer/downloadThroughLink.js';
import { useServer, type ServerUse } from '../support/server.js';

const plain = { signal: new AbortController().signal };

async function getLink(use: ServerUse, key = 'a.txt'): Promise<DownloadLink> {
  const { url } = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
  return { url, key, headers: {} };
}

describe('a link as it was handed over', () => {
  const use = useServer();

  it('whose path was not encoded gives the same object', async () => {
    const key = 'Gr\u00fc\u00dfe \u{1f600}/a.txt';
    use.server.putObject('docs', key, 'hello');
    const link = await getLink(use, key);
    const path = encodeURI(key);
    assert.ok(link.url.includes(path));
    const written = { ...link, url: link.url.replace(path, () => key) };
    assert.equal((await readThroughLink(written, 1000, plain)).toString(), 'hello');
  });

  it('with the length of a body among its headers waits for none', async () => {
    use.server.putObject('docs', 'a.txt', 'hello');
    const link = { ...(await getLink(use)), headers: { 'content-length': '12' } };
    assert.equal((await readThroughLink(link, 1000, plain)).toString(), 'hello');
  });
});
