import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { LinkRefusedError } from '../../../src/core/transfer/refusal.js';
import { uploadThroughLink } from '../../../src/core/transfer/uploadThroughLink.js';
import { answerUploads, bodyOf, digestOf } from '../support/uploadServers.js';
import { rejection, someBytes } from '../support/values.js';
import { useListener } from '../support/webServer.js';

const { signal } = new AbortController();
const retryLimits = { attempts: 3, pauseMs: 20, totalMs: 600_000 } as const;
const content = someBytes(3 * 1024 * 1024);
const body = { kind: 'bytes', bytes: content } as const;
const ours = { sizeBytes: content.length, etag: digestOf('md5', content) };

function putLink(endpoint: string) {
  return { method: 'PUT', url: `${endpoint}/docs/a`, headers: {} };
}

describe('an upload whose answer proves nothing', () => {
  const listen = useListener();
  const seen = {
    'an object of that size': [ours, true],
    'an object of that size with the ETag of the answer': [{ ...ours, etag: 'other' }, true],
    'an older object of that size': [{ ...ours, etag: 'older' }, false],
    'an object with another ETag than the answer told': [{ ...ours, etag: 'third' }, false],
  } as const;

  for (const [what, [entry, isConfirmed]] of Object.entries(seen)) {
    it(`is ${isConfirmed ? '' : 'not '}confirmed by a look at ${what}`, async () => {
      const headers: Record<string, string> = what.includes('ETag') ? { etag: '"other"' } : {};
      const endpoint = await listen(answerUploads(() => ({ headers })));
      const look = () => Promise.resolve(entry);
      assert.equal(
        (await uploadThroughLink(putLink(endpoint), body, { signal, look })).isConfirmed,
        isConfirmed,
      );
    });
  }

  it('stays unconfirmed where nobody may look', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const look = () => Promise.reject(new Error('denied'));
    assert.equal((await uploadThroughLink(putLink(endpoint), body, { signal, look })).isConfirmed, false);
  });
});

describe('an upload whose answer proves nothing, and whose object', () => {
  const listen = useListener();

  it('does not exist, fails', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const look = () => Promise.resolve(undefined);
    const error = await rejection(uploadThroughLink(putLink(endpoint), body, { signal, look }));
    assert.match(error.message, /reported success, but the object does not exist/);
  });

  it('has another size, fails', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const look = () => Promise.resolve({ ...ours, sizeBytes: 7 });
    const error = await rejection(uploadThroughLink(putLink(endpoint), body, { signal, look }));
    assert.match(error.message, /the object has 7 bytes instead of 3145728/);
  });

  it('is being looked at, ends at once when it is cancelled and says that it may have arrived', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const abort = new AbortController();
    const look = () => {
      abort.abort();
      return new Promise<undefined>(() => undefined);
    };
    const error = await rejection(uploadThroughLink(putLink(endpoint), body, { signal: abort.signal, look }));
    assert.equal(error.name, 'StoppedLateError');
  });
});

describe('an upload whose answer proves the content', () => {
  const listen = useListener();

  it('is not looked at', async () => {
    const endpoint = await listen(answerUploads(() => ({ headers: { etag: `"${ours.etag}"` } })));
    const look = () => assert.fail('nothing has to be looked at');
    await uploadThroughLink(putLink(endpoint), body, { signal, look });
  });
});

/** Takes the first body, or half of it, and drops the connection; refuses everything after it. */
function dropsFirst(takes: 'whole' | 'half'): RequestListener {
  let asked = 0;
  return (request, response) => {
    asked += 1;
    if (asked > 1) {
      response.writeHead(412, { connection: 'close' }).end('<Error><Code>PreconditionFailed</Code></Error>');
    } else if (takes === 'whole') {
      void bodyOf(request).then(() => request.socket.destroy());
    } else {
      request.once('data', () => request.socket.destroy());
    }
  };
}

describe('an upload that creates only, whose answer was lost', () => {
  const listen = useListener();
  const send = (endpoint: string, look: () => Promise<typeof ours>, sent = body) =>
    uploadThroughLink({ ...putLink(endpoint), headers: { 'if-none-match': '*' } }, sent, {
      signal,
      retryLimits,
      look,
    });

  it('is done where its own object is in the way of the second attempt', async () => {
    const endpoint = await listen(dropsFirst('whole'));
    assert.deepEqual(await send(endpoint, () => Promise.resolve(ours)), {
      etag: ours.etag,
      isConfirmed: true,
    });
  });

  for (const [what, other] of [
    ['of another content', { ...ours, etag: '0'.repeat(32) }],
    ['of another size', { ...ours, sizeBytes: 7 }],
  ] as const) {
    it(`is refused where an object ${what} is in the way`, async () => {
      const endpoint = await listen(dropsFirst('whole'));
      const error = await rejection(send(endpoint, () => Promise.resolve(other)));
      assert.ok(error instanceof LinkRefusedError);
      assert.equal(error.refusal.status, 412);
    });
  }

  it('is refused where the first attempt was not sent whole, so that the object is not its own', async () => {
    const endpoint = await listen(dropsFirst('half'));
    // More than the system's buffers hold.
    const large = { kind: 'bytes', bytes: Buffer.concat(Array<Buffer>(10).fill(content)) } as const;
    const stored = { sizeBytes: large.bytes.length, etag: digestOf('md5', large.bytes) };
    const error = await rejection(send(endpoint, () => Promise.resolve(stored), large));
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.refusal.status, 412);
  });
});
