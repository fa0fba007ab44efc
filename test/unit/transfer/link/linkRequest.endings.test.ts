import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import {
  inspectLink,
  readThroughLink,
  saveThroughLink,
} from '../../../../src/core/transfer/link/downloadThroughLink.js';
import type { ReadOptions } from '../../../../src/core/transfer/link/linkRequest.js';
import { testLink } from '../../../../src/core/transfer/link/testLink.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { responseStarts } from '../../support/responseStarts.js';
import { useRawServer, type RawServer } from '../../../support/badServers.js';
import { useFolder } from '../../support/folders.js';
import { parsedUrl } from '../../support/parsedLinks.js';
import { poll } from '../../../support/poll.js';
import { rejection, someBytes } from '../../../support/values.js';
import { writtenV4 } from '../../../support/writtenLinks.js';

interface Options extends ReadOptions {
  readonly folder: string;
}

type Use = (address: string, options: Options) => Promise<unknown>;

const retryLimits = { attempts: 1, pauseMs: 0, totalMs: 0 } as const;
/** Far longer than any test may take. */
const never = 600_000;

function downloadLink(address: string) {
  return { url: writtenV4({ address }), key: 'a', headers: {} };
}

function upload(sizeBytes: number): Use {
  const body = { kind: 'bytes', bytes: someBytes(sizeBytes) } as const;
  return (url, options) =>
    uploadThroughLink({ method: 'PUT', url, headers: {} }, body, { ...options, retryLimits });
}

/** Every way of using a link. */
const uses: Readonly<Record<string, Use>> = {
  'a link test': (address, options) => testLink(parsedUrl(downloadLink(address).url), options),
  'a check before a download': (address, options) =>
    inspectLink(downloadLink(address), { ...options, retryLimits }),
  'a download to a file': (address, options) =>
    saveThroughLink(
      downloadLink(address),
      { path: join(options.folder, 'a'), overwrite: true },
      { ...options, retryLimits },
    ),
  'a download into memory': (address, options) =>
    readThroughLink(downloadLink(address), 1000, { ...options, retryLimits }),
  'a small upload': upload(100),
  'a big upload': upload(3 * 1024 * 1024),
};

function addressOf({ host }: RawServer): string {
  return `http://${host}/docs/a`;
}

function answerOnce(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.write(text);
    });
  };
}

/** Sends informational answers one after the other, and never a final one. */
function flood(socket: Socket): void {
  socket.once('data', () => {
    const timer = setInterval(() => {
      socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(20));
    }, 20);
    socket.once('close', () => {
      clearInterval(timer);
    });
  });
}

describe('a request through a link', () => {
  const listen = useRawServer();
  const folder = useFolder();
  const patient = { connectMs: never, silenceMs: never };
  const { signal } = new AbortController();

  for (const [what, use] of Object.entries(uses)) {
    it(`fails when the server switches protocols: ${what}`, async () => {
      const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
      const server = await listen(answerOnce(upgrade));
      const options = { signal, timeLimits: patient, folder: folder.path };
      const error = await rejection(use(addressOf(server), options));
      assert.match(error.message, /^The server switched to another protocol \(101\)/);
      await poll(() => server.open === 0, { what: 'the socket to be closed' });
    });

    it(`fails within the limit if only informational answers arrive: ${what}`, async () => {
      const server = await listen(flood);
      const timeLimits = { connectMs: never, silenceMs: 1000 };
      const error = await rejection(use(addressOf(server), { signal, timeLimits, folder: folder.path }));
      // An upload that was sent in full may have arrived.
      assert.equal(error.name, what.includes('upload') ? 'LostResponseError' : 'SilentServerError');
      await poll(() => server.open === 0, { what: 'the socket to be closed' });
    });

    it(`fails when the connection is closed without an answer: ${what}`, async () => {
      const server = await listen((socket) => socket.once('data', () => socket.end()));
      const options = { signal, timeLimits: patient, folder: folder.path };
      const error = await rejection(use(addressOf(server), options));
      if (what === 'a small upload') assert.equal(error.name, 'LostResponseError');
      else assert.match(String((error as NodeJS.ErrnoException).code), /ECONNRESET|EPIPE/);
    });
  }
});

describe('an upload that a server requests but does not read', () => {
  const listen = useRawServer();

  it('fails within the limit despite informational answers', async () => {
    const server = await listen((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      });
      flood(socket);
    });
    const timeLimits = { connectMs: never, silenceMs: 1000 };
    const { signal } = new AbortController();
    // More than the system's buffers hold.
    const sending = upload(30 * 1024 * 1024)(addressOf(server), { signal, timeLimits, folder: '' });
    assert.equal((await rejection(sending)).name, 'SilentServerError');
    await poll(() => server.open === 0, { what: 'the socket to be closed' });
  });
});

const endless = {
  'while informational answers arrive': flood,
  'in the middle of a web page': answerOnce('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<html>'),
  'in the middle of a refusal': answerOnce('HTTP/1.1 403 Forbidden\r\ncontent-length: 1000\r\n\r\n<Error>'),
} as const;

describe('a request through a link stops at once when it is cancelled', () => {
  const listen = useRawServer();
  const folder = useFolder();

  for (const [when, answer] of Object.entries(endless)) {
    for (const [what, use] of Object.entries(uses)) {
      // These uses do not wait for the content.
      if (when === 'in the middle of a web page' && /check|test/.test(what)) continue;
      it(`${when}: ${what}`, async () => {
        const server = await listen(answer);
        const abort = new AbortController();
        const timeLimits = { connectMs: never, silenceMs: never };
        const options = { signal: abort.signal, timeLimits, folder: folder.path };
        const answered = answer === flood ? undefined : responseStarts('node:http');
        const running = rejection(use(addressOf(server), options));
        await poll(() => server.asked === 1, { what: 'the request' });
        await answered;
        abort.abort();
        // A small upload may have arrived, as its error says.
        const expected =
          what === 'a small upload' ? /^(?:AbortError|StoppedAfterSendingError)$/ : /^AbortError$/;
        assert.match((await running).name, expected);
        await poll(() => server.open === 0, { what: 'the socket to be closed' });
      });
    }
  }
});
