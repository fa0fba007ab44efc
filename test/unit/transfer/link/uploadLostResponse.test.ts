import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { LinkRefusedError } from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import type { ObjectLookup } from '../../../../src/core/transfer/link/storedObject.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { portOf } from '../../../support/ports.js';
import { unsignedPut } from '../../support/uploadLinks.js';
import { bodyOf, digestOf } from '../../support/uploadServers.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

/** Far longer than any test may take. */
const never = 600_000;
const { signal } = new AbortController();
const retryLimits = { attempts: 3, pauseMs: 20, totalMs: never } as const;
const small = { kind: 'bytes', bytes: someBytes(1000) } as const;
const empty = { kind: 'bytes', bytes: new Uint8Array() } as const;
const ours = {
  sizeBytes: small.bytes.length,
  etag: digestOf('md5', small.bytes),
  hasOpaqueEtag: false,
};
const createOnly = { 'if-none-match': '*' } as const;
const lost =
  /^The file was sent, but the answer was lost, so the object may have been uploaded\. Check its date and size /;
const atGateway =
  /^A gateway answered 50[24] after the file was sent, so the object may have been uploaded\. Check its date and size /;

/** The message that the user sees. */
function told(error: Error): string {
  return formatMessage(explain(error).message);
}

const drop = (response: ServerResponse) => response.socket?.destroy();

/** Reads whole bodies. Each request has its own answer; the last one repeats. */
function answerInTurn(...answers: readonly ((response: ServerResponse) => unknown)[]): RequestListener {
  let asked = 0;
  return (request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    void bodyOf(request).then(() => answer?.(response));
  };
}

function refuse(status: number, code: string, message = '') {
  return (response: ServerResponse) =>
    response
      .writeHead(status, { connection: 'close' })
      .end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

function answerBadGateway(response: ServerResponse): void {
  response.writeHead(502).end();
}

/** Answers that may follow a complete body and decide nothing. */
const undecided: Readonly<Record<string, readonly ((response: ServerResponse) => unknown)[]>> = {
  'a dropped connection': [drop],
  'an incomplete answer': [
    (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('<');
      setImmediate(() => drop(response));
    },
  ],
  'an answer that is not HTTP': [(response) => response.socket?.end('what?\r\n\r\n')],
  'a gateway that received no answer (502)': [answerBadGateway],
  'a gateway that timed out (504)': [(response) => response.writeHead(504).end('<html>')],
  'a gateway error, then a busy server': [answerBadGateway, refuse(503, 'SlowDown')],
  'a gateway error after a dropped connection': [drop, answerBadGateway],
  'a link that expired before the retry': [drop, refuse(403, 'AccessDenied', 'Request has expired')],
  'temporary credentials that expired before the retry': [drop, refuse(400, 'ExpiredToken')],
  'a form that expired before the retry': [
    drop,
    refuse(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.'),
  ],
  'a quota that the object may have used up': [drop, refuse(403, 'QuotaExceeded')],
  'session keys that expired before the retry': [drop, refuse(403, 'InvalidAccessKeyId')],
  'an expired policy with another error code': [
    drop,
    refuse(400, 'InvalidPolicyDocument', 'Policy expired.'),
  ],
  'a refusal to replace an existing object': [drop, refuse(403, 'AccessDenied')],
  'a clock that was changed before the retry': [drop, refuse(403, 'RequestTimeTooSkewed')],
  'a proxy that requires authentication': [drop, (response) => response.writeHead(407).end()],
  'a firewall that blocks the retry': [drop, (response) => response.writeHead(403).end('<html>')],
  'a link that works only once': [drop, (response) => response.writeHead(410).end()],
  'a failed precondition at the retry (412)': [drop, refuse(412, 'PreconditionFailed')],
  'a server that is busy at the retry': [drop, refuse(503, 'SlowDown')],
  'a web page at the retry': [
    drop,
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  ],
};

describe('an upload that was sent in full without a conclusive answer', () => {
  const listen = useListener();

  for (const [what, answers] of Object.entries(undecided)) {
    it(`${what}: says that the object may have been uploaded`, async () => {
      const endpoint = await listen(answerInTurn(...answers));
      const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, { signal, retryLimits }));
      assert.match(told(error), what.startsWith('a gateway') ? atGateway : lost);
    });

    it(`${what}: succeeds if a check finds the object`, async () => {
      const endpoint = await listen(answerInTurn(...answers));
      const lookUp = () => Promise.resolve(ours);
      assert.deepEqual(
        await uploadThroughLink(unsignedPut(endpoint), small, { signal, retryLimits, lookUp }),
        {
          etag: ours.etag,
          isConfirmed: true,
        },
      );
    });

    it(`${what}: fails with its own error if a check finds no object`, async () => {
      const endpoint = await listen(answerInTurn(...answers));
      const lookUp = () => Promise.resolve(undefined);
      const options = { signal, retryLimits, lookUp };
      assert.doesNotMatch(
        told(await rejection(uploadThroughLink(unsignedPut(endpoint), small, options))),
        /may have been uploaded/,
      );
    });
  }

  it('silence: says that the object may have been uploaded', async () => {
    const endpoint = await listen(answerInTurn(() => undefined));
    const timeLimits = { connectMs: never, silenceMs: 200 };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, { signal, timeLimits }));
    assert.match(told(error), lost);
  });

  it('of an empty file: says that the object may have been uploaded', async () => {
    const endpoint = await listen(answerInTurn(drop));
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), empty, { signal, retryLimits }));
    assert.match(told(error), lost);
  });
});

describe('an upload that certainly did not arrive', () => {
  const listen = useListener();

  it('without a connection: does not say that it may have arrived', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const link = unsignedPut(`http://127.0.0.1:${portOf(server.address())}`);
    server.close();
    for (const body of [small, empty]) {
      const error = await rejection(uploadThroughLink(link, body, { signal, retryLimits }));
      assert.equal((error as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    }
  });

  it('refused at once: says that nothing was uploaded', async () => {
    const endpoint = await listen(answerInTurn(refuse(403, 'AccessDenied')));
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, { signal, retryLimits }));
    assert.match(told(error), /Nothing was uploaded/);
  });

  for (const [what, first] of Object.entries({
    'a dropped connection': drop,
    'a gateway error': answerBadGateway,
  })) {
    for (const [status, code] of [
      [403, 'SignatureDoesNotMatch'],
      [400, 'EntityTooLarge'],
      [404, 'NoSuchBucket'],
    ] as const) {
      it(`refused with ${code} after ${what}: reports the refusal, which applied before as well`, async () => {
        const endpoint = await listen(answerInTurn(first, refuse(status, code)));
        const error = await rejection(
          uploadThroughLink(unsignedPut(endpoint), small, { signal, retryLimits }),
        );
        assert.ok(error instanceof LinkRefusedError, error.message);
        assert.deepEqual([error.refusal.status, error.refusal.code], [status, code]);
      });
    }
  }
});

describe('an upload with a lost answer, when it is cancelled', () => {
  const listen = useListener();

  it('in the pause before the second attempt: says that the object may have arrived', async () => {
    const endpoint = await listen(answerInTurn(drop));
    const abort = new AbortController();
    const patient = { ...retryLimits, pauseMs: never };
    const onRetry = () => {
      setImmediate(() => {
        abort.abort();
      });
    };
    const lookUp = () => assert.fail('a cancelled upload sends nothing more');
    const options = { signal: abort.signal, retryLimits: patient, onRetry, lookUp };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, options));
    assert.equal(error.name, 'StoppedAfterSendingError');
  });
});

/** Reads half of the first body and drops the connection; refuses everything after that. */
function takesHalf(): RequestListener {
  let asked = 0;
  return (request, response) => {
    asked += 1;
    if (asked > 1) refuse(412, 'PreconditionFailed')(response);
    else request.once('data', () => request.socket.destroy());
  };
}

describe('a create-only upload with a lost answer', () => {
  const listen = useListener();
  const send = (endpoint: string, lookUp: ObjectLookup, sent = small) =>
    uploadThroughLink(unsignedPut(endpoint, createOnly), sent, { signal, retryLimits, lookUp });

  it('says that the object may have been uploaded if it cannot be checked', async () => {
    const endpoint = await listen(answerInTurn(drop));
    const options = { signal, retryLimits };
    const error = await rejection(uploadThroughLink(unsignedPut(endpoint, createOnly), small, options));
    assert.match(told(error), lost);
  });

  it('succeeds if its own object blocks the second attempt', async () => {
    const endpoint = await listen(answerInTurn(drop, refuse(412, 'PreconditionFailed')));
    assert.deepEqual(await send(endpoint, () => Promise.resolve(ours)), {
      etag: ours.etag,
      isConfirmed: true,
    });
  });

  it('is refused if an object of another size blocks it', async () => {
    const endpoint = await listen(answerInTurn(drop, refuse(412, 'PreconditionFailed')));
    const error = await rejection(send(endpoint, () => Promise.resolve({ ...ours, sizeBytes: 7 })));
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.refusal.status, 412);
  });

  for (const [what, seen] of Object.entries({
    'with another ETag': { ...ours, etag: '0'.repeat(32) },
    'with a KMS key': { ...ours, etag: '0'.repeat(32), hasOpaqueEtag: true },
  })) {
    it(`may be the blocking object ${what} of the same size`, async () => {
      const endpoint = await listen(answerInTurn(drop, refuse(412, 'PreconditionFailed')));
      assert.match(told(await rejection(send(endpoint, () => Promise.resolve(seen)))), lost);
    });
  }

  it('is refused if the first attempt was not sent in full, so that the object is not its own', async () => {
    const endpoint = await listen(takesHalf());
    // More than the system's buffers hold.
    const large = { kind: 'bytes', bytes: someBytes(30 * 1024 * 1024) } as const;
    const stored = { ...ours, sizeBytes: large.bytes.length, etag: digestOf('md5', large.bytes) };
    const error = await rejection(send(endpoint, () => Promise.resolve(stored), large));
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.refusal.status, 412);
  });
});
