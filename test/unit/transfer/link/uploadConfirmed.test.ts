import assert from 'node:assert/strict';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { unsignedPut } from '../../support/uploadLinks.js';
import { answerUploads, digestOf } from '../../support/uploadServers.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();
const retryLimits = { attempts: 3, pauseMs: 20, totalMs: 600_000 } as const;
const content = someBytes(3 * 1024 * 1024);
const body = { kind: 'bytes', bytes: content } as const;
const ours = { sizeBytes: content.length, etag: digestOf('md5', content), hasOpaqueEtag: false };
const likeMd5 = '0'.repeat(32);

describe('an upload with an inconclusive answer', () => {
  const listen = useListener();
  const seen = {
    'an object with the same content': [undefined, ours, true],
    'an object with the same content and its MD5 in upper case': [
      undefined,
      { ...ours, etag: ours.etag.toUpperCase() },
      true,
    ],
    'an object with the ETag of the answer, which is not an MD5': ['other', { ...ours, etag: 'other' }, true],
    'an object with the ETag of the answer, which looks like an MD5': [
      likeMd5,
      { ...ours, etag: likeMd5 },
      false,
    ],
    'an encrypted object with the ETag of the answer': [
      likeMd5,
      { ...ours, etag: likeMd5, hasOpaqueEtag: true },
      true,
    ],
    'an object of the same size': [undefined, { ...ours, etag: 'older' }, false],
    'an object with another ETag than the answer': ['other', { ...ours, etag: 'third' }, false],
    'an object without an ETag': ['other', { ...ours, etag: undefined }, false],
  } as const;

  for (const [what, [etag, entry, isConfirmed]] of Object.entries(seen)) {
    it(`is ${isConfirmed ? '' : 'not '}confirmed by a check that finds ${what}`, async () => {
      const headers: Record<string, string> = etag === undefined ? {} : { etag: `"${etag}"` };
      const endpoint = await listen(answerUploads(() => ({ headers })));
      const lookUp = () => Promise.resolve(entry);
      assert.equal(
        (await uploadThroughLink(unsignedPut(endpoint), body, { signal, lookUp })).isConfirmed,
        isConfirmed,
      );
    });
  }
});

describe('an upload with an inconclusive answer, with any success status', () => {
  const listen = useListener();

  for (const status of [201, 204]) {
    it(`is confirmed by a check if the answer is ${status}`, async () => {
      const endpoint = await listen(answerUploads(() => ({ status })));
      const lookUp = () => Promise.resolve(ours);
      assert.deepEqual(await uploadThroughLink(unsignedPut(endpoint), body, { signal, lookUp }), {
        etag: undefined,
        isConfirmed: true,
      });
    });
  }

  it('is confirmed by a check if the answer is text', async () => {
    const endpoint = await listen(answerUploads(() => ({ status: 202, text: 'OK' })));
    const options = { signal, lookUp: () => Promise.resolve(ours) };
    assert.equal((await uploadThroughLink(unsignedPut(endpoint), body, options)).isConfirmed, true);
  });

  it('fails if the answer is text, and the check finds another object or none', async () => {
    const endpoint = await listen(answerUploads(() => ({ text: 'OK' })));
    for (const found of [undefined, { ...ours, sizeBytes: 7 }, { ...ours, etag: 'other' }]) {
      const options = { signal, retryLimits, lookUp: () => Promise.resolve(found) };
      const error = await rejection(uploadThroughLink(unsignedPut(endpoint), body, options));
      assert.match(error.message, /^The server answered with text, which S3 never does/);
    }
  });

  it('stays unconfirmed if the check is denied', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const lookUp = () => Promise.reject(new Error('denied'));
    assert.equal(
      (await uploadThroughLink(unsignedPut(endpoint), body, { signal, lookUp })).isConfirmed,
      false,
    );
  });
});

describe('an upload with an inconclusive answer, whose object', () => {
  const listen = useListener();

  it('does not exist, fails', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const lookUp = () => Promise.resolve(undefined);
    const options = { signal, retryLimits, lookUp };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), body, options));
    assert.match(error.message, /reported success, but the object does not exist/);
  });

  it('has another size, fails', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const lookUp = () => Promise.resolve({ ...ours, sizeBytes: 7 });
    const options = { signal, retryLimits, lookUp };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), body, options));
    assert.match(error.message, /the object is 7 bytes instead of 3145728/);
  });

  it('is being checked, ends at once when it is cancelled and says that it may have arrived', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const abort = new AbortController();
    const lookUp = () => {
      abort.abort();
      return new Promise<undefined>(() => undefined);
    };
    const error = await rejection(
      uploadThroughLink(unsignedPut(endpoint), body, { signal: abort.signal, lookUp }),
    );
    assert.equal(error.name, 'StoppedAfterSendingError');
  });
});

describe('an upload to a store that shows an object late', () => {
  const listen = useListener();
  const send = async (first: typeof ours | undefined, lateLooks: number) => {
    const endpoint = await listen(answerUploads(() => ({})));
    let lookups = 0;
    const lookUp = () => {
      lookups += 1;
      return Promise.resolve(lookups > lateLooks ? ours : first);
    };
    const options = { signal, retryLimits, lookUp };
    const { isConfirmed } = await uploadThroughLink(unsignedPut(endpoint), body, options);
    return { lookups, isConfirmed };
  };

  for (const [what, first] of [
    ['none', undefined],
    ['an older object of another size', { ...ours, sizeBytes: 7 }],
  ] as const) {
    it(`is confirmed by a third check after two that find ${what}`, async () => {
      assert.deepEqual(await send(first, 2), { lookups: 3, isConfirmed: true });
    });

    it(`fails after three checks that find ${what}`, async () => {
      assert.match((await rejection(send(first, 3))).message, /^The server reported success, but the object/);
    });
  }

  it('stops at once when it is cancelled before the second check', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    const abort = new AbortController();
    const lookUp = () => {
      setImmediate(() => {
        abort.abort();
      });
      return Promise.resolve(undefined);
    };
    const options = { signal: abort.signal, retryLimits: { ...retryLimits, pauseMs: 600_000 }, lookUp };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), body, options));
    assert.equal(error.name, 'StoppedAfterSendingError');
  });
});

describe('an upload with a conclusive answer', () => {
  const listen = useListener();

  it('is not checked', async () => {
    const endpoint = await listen(answerUploads(() => ({ headers: { etag: `"${ours.etag}"` } })));
    const lookUp = () => assert.fail('nothing has to be looked at');
    await uploadThroughLink(unsignedPut(endpoint), body, { signal, lookUp });
  });
});
