import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  inspectLink,
  readThroughLink,
  saveThroughLink,
  type DownloadLink,
} from '../../../../src/core/transfer/link/downloadThroughLink.js';
import { SilentServerError } from '../../../../src/core/connection/requests/limits.js';
import type { RetryNotice } from '../../../../src/core/async/retry.js';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { getLink } from '../../support/downloadLinks.js';
import { useFolder, type TemporaryFolder } from '../../support/folders.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { useServer } from '../../../support/server.js';
import { poll } from '../../../support/poll.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();
const retryLimits = { attempts: 3, pauseMs: 10, totalMs: 60_000 } as const;
const plain = { signal, retryLimits };

function saying(error: unknown): string {
  return formatMessage(explain(error).message);
}

function save(folder: TemporaryFolder, link: DownloadLink, options = {}): Promise<unknown> {
  return saveThroughLink(link, { path: join(folder.path, 'a'), overwrite: false }, { ...plain, ...options });
}

describe('inspectLink', () => {
  const use = useServer();

  it('returns name, size and type of the object behind a link, and fetches one byte', async () => {
    use.server.putObject('docs', 'x/a.csv', 'a,b\n1,2\n', { contentType: 'text/csv' });
    const offer = await inspectLink(await getLink(use, 'x/a.csv'), plain);
    assert.deepEqual(offer, { part: undefined, fileName: 'a.csv', sizeBytes: 8, contentType: 'text/csv' });
    assert.equal(use.server.requests.at(-1)?.headers.range, 'bytes=0-0');
  });

  it('prefers the name in the link to that of the key, made safe', async () => {
    use.server.putObject('docs', 'a.txt', 'x');
    const name = async (wanted: string) =>
      (await inspectLink(await getLink(use, 'a.txt', wanted), plain)).fileName;
    assert.equal(await name('Überß "q".txt'), 'Überß _q_.txt');
    assert.equal(await name('../../etc/passwd'), 'passwd');
    assert.equal(await name('C:\\NUL.txt'), '_NUL.txt');
  });

  it('of an empty object', async () => {
    use.server.putObject('docs', 'a.txt', '');
    const { fileName, sizeBytes } = await inspectLink(await getLink(use), plain);
    assert.deepEqual([fileName, sizeBytes], ['a.txt', 0]);
  });
});

describe('saveThroughLink', () => {
  const use = useServer();
  const folder = useFolder();

  for (const [what, key] of Object.entries({ ...oddKeys, ...dotSegmentKeys })) {
    it(`key with ${what}`, async () => {
      use.server.putObject('docs', key, key);
      const link = await getLink(use, key);
      const { fileName } = await inspectLink(link, plain);
      const path = join(folder.path, fileName);
      await saveThroughLink(link, { path, overwrite: false }, plain);
      assert.equal(readFileSync(path, 'utf8'), key);
      assert.deepEqual(readdirSync(folder.path), [fileName]);
    });
  }
});

describe('saveThroughLink: the file', () => {
  const use = useServer();
  const folder = useFolder();
  const content = someBytes(3 * 1024 * 1024 + 7);

  it('reports the progress, never backwards, to the end', async () => {
    use.server.putObject('docs', 'a.txt', content);
    const told: number[] = [];
    const onProgress = (bytes: number) => told.push(bytes);
    const path = join(folder.path, 'a');
    const { sizeBytes } = await saveThroughLink(
      await getLink(use),
      { path, overwrite: false },
      { ...plain, onProgress },
    );
    assert.ok(readFileSync(path).equals(content));
    assert.deepEqual([sizeBytes, told.at(-1)], [content.length, content.length]);
    assert.deepEqual(
      told,
      told.toSorted((left, right) => left - right),
    );
    assert.ok(told.length > 3);
  });

  it('replaces nothing without consent, and leaves no other file', async () => {
    use.server.putObject('docs', 'a.txt', 'theirs');
    const path = join(folder.path, 'a');
    writeFileSync(path, 'mine');
    const error = await rejection(saveThroughLink(await getLink(use), { path, overwrite: false }, plain));
    assert.equal(error.name, 'FileExistsError');
    assert.match(saying(error), /was not changed/);
    assert.equal(readFileSync(path, 'utf8'), 'mine');
    await saveThroughLink(await getLink(use), { path, overwrite: true }, plain);
    assert.equal(readFileSync(path, 'utf8'), 'theirs');
    assert.deepEqual(readdirSync(folder.path), ['a']);
  });
});

describe('saveThroughLink: obstacles', () => {
  const use = useServer();
  const folder = useFolder();

  it('follows no symbolic link, with or without consent', async () => {
    use.server.putObject('docs', 'a.txt', 'theirs');
    const [victim, path] = [join(folder.path, 'victim'), join(folder.path, 'a')];
    writeFileSync(victim, 'mine');
    symlinkSync(victim, path);
    const error = await rejection(saveThroughLink(await getLink(use), { path, overwrite: false }, plain));
    assert.equal(error.name, 'FileExistsError');
    await saveThroughLink(await getLink(use), { path, overwrite: true }, plain);
    assert.equal(readFileSync(path, 'utf8'), 'theirs');
    assert.equal(readFileSync(victim, 'utf8'), 'mine');
  });

  it('follows no broken symbolic link', async () => {
    use.server.putObject('docs', 'a.txt', 'theirs');
    const path = join(folder.path, 'a');
    symlinkSync(join(folder.path, 'nowhere'), path);
    await rejection(saveThroughLink(await getLink(use), { path, overwrite: false }, plain));
    assert.deepEqual(readdirSync(folder.path), ['a']);
  });

  it('reports a file that cannot be written', async () => {
    use.server.putObject('docs', 'a.txt', 'x');
    const missing = join(folder.path, 'missing', 'a');
    const error = await rejection(
      saveThroughLink(await getLink(use), { path: missing, overwrite: false }, plain),
    );
    assert.match(saying(error), /^The file a cannot be written \(ENOENT\)/);
    mkdirSync(join(folder.path, 'a'));
    const onFolder = { path: join(folder.path, 'a'), overwrite: true };
    assert.match(
      saying(await rejection(saveThroughLink(await getLink(use), onFolder, plain))),
      /cannot be written/,
    );
    assert.deepEqual(readdirSync(folder.path), ['a']);
  });
});

describe('a cancelled download', () => {
  const use = useServer();
  const folder = useFolder();

  it('stops at once and leaves no file', async () => {
    use.server.putObject('docs', 'a.txt', someBytes(8 * 1024 * 1024));
    use.server.setFault(() => ({ kind: 'slowBody', bytesPerSecond: 200_000 }));
    const abort = new AbortController();
    let received = 0;
    const running = save(folder, await getLink(use), {
      signal: abort.signal,
      onProgress: (bytes: number) => (received = bytes),
    });
    const failed = rejection(running);
    await poll(() => received > 0, { what: 'the first bytes' });
    assert.equal(readdirSync(folder.path).length, 1);
    abort.abort();
    assert.equal((await failed).name, 'AbortError');
    assert.deepEqual(readdirSync(folder.path), []);
    assert.equal((await use.server.waitForRequest(({ status }) => status === 0)).operation, 'GetObject');
  });
});

describe('a download from a server that fails', () => {
  const folder = useFolder();
  const serve = useListener();

  it('is retried when the server is busy or the connection breaks, up to a limit', async () => {
    let asked = 0;
    const whole = someBytes(100_000);
    const address = await serve((request, response) => {
      asked += 1;
      if (asked === 1) return response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      response.writeHead(200, { 'content-length': whole.length });
      if (asked === 2) return response.write(whole.subarray(0, 50_000), () => request.socket.destroy());
      return response.end(whole);
    });
    const notices: RetryNotice[] = [];
    const link = { url: `${address}/b/k?x=y`, key: 'k', headers: {} };
    await save(folder, link, { onRetry: (notice: RetryNotice) => notices.push(notice) });
    assert.deepEqual(
      notices.map(({ reason }) => reason),
      ['busy', 'dropped'],
    );
    assert.ok(readFileSync(join(folder.path, 'a')).equals(whole));
    const broken = await serve((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    asked = 0;
    await rejection(inspectLink({ ...link, url: `${broken}/b/k?x=y` }, plain));
    assert.equal(asked, 3);
  });

  it('is abandoned when the server stops responding', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('some');
    });
    const timeLimits = { connectMs: 60_000, silenceMs: 300 };
    const error = await rejection(
      save(folder, { url: `${address}/b/k?x=y`, key: 'k', headers: {} }, { timeLimits }),
    );
    assert.ok(error instanceof SilentServerError, error.name);
    assert.deepEqual(readdirSync(folder.path), []);
  });
});

describe('a download that is refused', () => {
  const use = useServer();
  const serve = useListener();

  it('sends nothing to another host, and names it', async () => {
    let reached = 0;
    const other = await serve((_, response) => {
      reached += 1;
      response.end('secret');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const address = await serve((_, response) => {
        response.writeHead(status, { location: `${other}/taken` }).end();
      });
      const error = await rejection(inspectLink({ url: `${address}/b/k?x=y`, key: 'k', headers: {} }, plain));
      assert.ok(saying(error).includes(`another host, ${new URL(other).host},`), saying(error));
    }
    assert.equal(reached, 0);
  });

  it('states why S3 refused it, without the link', async () => {
    use.server.putObject('docs', 'a.txt', 'x');
    const link = await getLink(use);
    const gone = await rejection(
      inspectLink({ ...link, url: link.url.replace('/a.txt?', '/b.txt?') }, plain),
    );
    assert.match(saying(gone), /. Nothing was downloaded\.(?: |$)/);
    use.now = new Date(Date.now() + 120_000);
    const sentence = saying(await rejection(inspectLink(link, plain)));
    assert.match(sentence, /^The link expired at .* Nothing was downloaded\. .*\.$/);
    assert.ok(!/Signature|X-Amz/i.test(sentence));
  });

  it('reads no more into memory than allowed', async () => {
    use.server.putObject('docs', 'a.txt', 'x'.repeat(1001));
    const link = await getLink(use);
    assert.equal((await readThroughLink(link, 1001, plain)).length, 1001);
    assert.equal((await rejection(readThroughLink(link, 1000, plain))).name, 'ContentTooLargeError');
  });
});

describe('a download that is redirected within its host', () => {
  const serve = useListener();

  it('is refused without mentioning another host', async () => {
    const address: string = await serve((request, response) => {
      response.writeHead(307, { location: `http://${request.headers.host ?? ''}/taken` }).end();
    });
    const error = await rejection(inspectLink({ url: `${address}/b/k?x=y`, key: 'k', headers: {} }, plain));
    assert.equal(error.name, 'LinkRefusedError');
  });
});
