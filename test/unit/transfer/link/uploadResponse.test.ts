import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { LinkRefusedError } from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { useRawServer } from '../../../support/badServers.js';
import { unsignedPut } from '../../support/uploadLinks.js';
import { answerUploads, digestOf, type UploadReply } from '../../support/uploadServers.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();
const retryLimits = { attempts: 1, pauseMs: 0, totalMs: 0 } as const;
const options = { signal, retryLimits } as const;
const content = someBytes(1000);
const small = { kind: 'bytes', bytes: content } as const;
const big = { kind: 'bytes', bytes: someBytes(20 * 1024 * 1024) } as const;
const md5 = digestOf('md5', content);
const json = { 'content-type': 'application/json; charset=utf-8' } as const;
const page = '<!DOCTYPE html>\n<html><body>Sign in to the network</body></html>';

/** What an answer proves once the server has the body. */
const proofs: Readonly<Record<string, readonly [UploadReply, boolean]>> = {
  'the MD5 as ETag': [{ headers: { etag: `"${md5}"` } }, true],
  'the MD5 without quotes': [{ headers: { etag: md5 } }, true],
  'the MD5 in upper case': [{ headers: { etag: `"${md5.toUpperCase()}"` } }, true],
  'the MD5 as a weak ETag': [{ headers: { etag: `W/"${md5}"` } }, true],
  'the MD5 in an empty answer declared as HTML': [
    { headers: { etag: `"${md5}"`, 'content-type': 'text/html; charset=utf-8' } },
    true,
  ],
  'the MD5 with status 201': [{ status: 201, headers: { etag: `"${md5}"` } }, true],
  'the MD5 with text declared as HTML': [
    { headers: { etag: `"${md5}"`, 'content-type': 'text/html' }, text: 'OK' },
    true,
  ],
  'no ETag': [{}, false],
  'an XML declaration': [{ text: '<?xml version="1.0" encoding="UTF-8"?>\n' }, false],
  'no ETag with status 201': [{ status: 201 }, false],
  'no ETag with status 204': [{ status: 204 }, false],
  'the MD5 with JSON': [{ headers: { etag: `"${md5}"`, ...json }, text: '{"Key":"docs/a"}' }, true],
  'an empty answer declared as JSON': [{ headers: json }, false],
  'an empty object as JSON': [{ headers: json, text: '{}' }, false],
  'an empty answer declared as HTML': [{ headers: { 'content-type': 'text/html' } }, false],
  'another ETag': [{ headers: { etag: `"${'0'.repeat(32)}"` } }, false],
  'the ETag of a multipart upload': [{ headers: { etag: `"${md5}-2"` } }, false],
  'another ETag with SSE-KMS': [
    { headers: { etag: `"${'a'.repeat(32)}"`, 'x-amz-server-side-encryption': 'aws:kms' } },
    false,
  ],
};

describe('an answer to an upload: what it proves', () => {
  const listen = useListener();

  for (const [what, [reply, isConfirmed]] of Object.entries(proofs)) {
    it(`${what}: ${isConfirmed ? 'the content' : 'nothing, but it may be a good answer'}`, async () => {
      const endpoint = await listen(answerUploads(() => reply));
      assert.equal((await uploadThroughLink(unsignedPut(endpoint), small, options)).isConfirmed, isConfirmed);
    });
  }

  it('the MD5 of nothing: an empty file', async () => {
    const endpoint = await listen(
      answerUploads((body) => ({ headers: { etag: `"${digestOf('md5', body)}"` } })),
    );
    const empty = { kind: 'bytes', bytes: new Uint8Array() } as const;
    assert.equal((await uploadThroughLink(unsignedPut(endpoint), empty, options)).isConfirmed, true);
  });
});

/** Answers that a proxy, a sign-in page or a broken server may give instead of S3 once it has the body. */
const lies: Readonly<Record<string, readonly [UploadReply, RegExp]>> = {
  'a page': [
    { headers: { 'content-type': 'text/html' }, text: 'Sign in' },
    /^A web page answered instead of S3/,
  ],
  'a page without a type': [{ text: page }, /^A web page answered instead of S3/],
  'a page after a byte order mark': [{ text: `\ufeff\n ${page}` }, /^A web page answered instead of S3/],
  'a page as XML': [
    { text: '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>' },
    /^A web page answered instead of S3/,
  ],
  'a page with an ETag': [{ headers: { etag: '"1"' }, text: page }, /^A web page answered instead of S3/],
  'a page as a fragment': [{ text: '<head><title>a</title>' }, /^A web page answered instead of S3/],
  'a page after a comment': [
    { text: '<!-- a -->\n<?b?><!-- c --><HTML>' },
    /^A web page answered instead of S3/,
  ],
  'a script': [{ text: '<script>location="/"</script>' }, /^A web page answered instead of S3/],
  'a page with the MD5': [
    { headers: { etag: `"${md5}"`, 'content-type': 'text/html' }, text: page },
    /^The server answered with text, which S3 never does/,
  ],
  'a SOAP fault': [
    { text: '<?xml version="1.0"?><s:Envelope><s:Fault/></s:Envelope>' },
    /^The server answered with text, which S3 never does/,
  ],
  'an error as text': [
    { text: 'Error: access denied' },
    /^The server answered with text, which S3 never does/,
  ],
  'a list of errors': [{ text: '[{"error":"no"}]' }, /^The server answered with text, which S3 never does/],
  'an error as JSON': [
    { headers: json, text: '{"error":"quota exceeded"}' },
    /^The server answered with text, which S3 never does/,
  ],
  'an error as JSON without a type': [
    { text: ' {"message":"no"}' },
    /^The server answered with text, which S3 never does/,
  ],
  'an error as JSON with an ETag': [
    { headers: { etag: '"1"', ...json }, text: '"no"' },
    /^The server answered with text, which S3 never does/,
  ],
  '202 Accepted': [{ status: 202 }, /^The server answered 202, which S3 never does/],
  '202 Accepted with the MD5': [
    { status: 202, headers: { etag: `"${md5}"` } },
    /^The server answered 202, which S3 never does/,
  ],
  '206 Partial Content': [{ status: 206 }, /^The server answered 206, which S3 never does/],
  '203 Non-Authoritative Information': [{ status: 203 }, /^The server answered 203, which S3 never does/],
  '205 Reset Content': [{ status: 205 }, /^The server answered 205, which S3 never does/],
};

describe('an answer that does not mean success', () => {
  const listen = useListener();

  for (const [what, [reply, sentence]] of Object.entries(lies)) {
    it(what, async () => {
      const endpoint = await listen(answerUploads(() => reply));
      const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, options));
      assert.match(error.message, sentence);
      assert.equal(error.name, 'NotUploadedError');
    });
  }

  it('a refusal with status 200', async () => {
    for (const before of ['\n', '<!-- a -->', '<?xml-stylesheet b?>', `<!-- a -->\n<!-- b -->`]) {
      const text = `<?xml version="1.0" encoding="UTF-8"?>${before}<Error><Code>AccessDenied</Code></Error>`;
      const endpoint = await listen(answerUploads(() => ({ text })));
      const error = await rejection(uploadThroughLink(unsignedPut(endpoint), small, options));
      assert.ok(error instanceof LinkRefusedError);
      assert.deepEqual([error.refusal.status, error.refusal.code], [200, 'AccessDenied']);
    }
  });
});

describe('an answer to an upload: checksums', () => {
  const listen = useListener();
  const checksums = {
    'x-amz-checksum-sha256': digestOf('sha256', content, 'base64'),
    'x-amz-checksum-sha1': digestOf('sha1', content, 'base64'),
    // Computed with Python's zlib.
    'x-amz-checksum-crc32': 'Qh7mSA==',
  } as const;

  for (const [name, value] of Object.entries(checksums)) {
    it(`${name} proves the content if the ETag does not`, async () => {
      const endpoint = await listen(answerUploads(() => ({ headers: { etag: '"1"', [name]: value } })));
      const link = unsignedPut(endpoint, { [name]: value });
      assert.equal((await uploadThroughLink(link, small, options)).isConfirmed, true);
    });

    it(`${name} of other content is a failure, for any ETag`, async () => {
      const headers = { etag: `"${md5}"`, [name]: 'AAAAAA==' };
      const endpoint = await listen(answerUploads(() => ({ headers })));
      const error = await rejection(
        uploadThroughLink(unsignedPut(endpoint, { [name]: value }), small, options),
      );
      assert.match(error.message, /^The server stored different content/);
    });
  }
});

/** Answers as soon as the headers arrive, and reads no further. */
function answerEarly(reply: string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.pause();
      socket.write(reply);
    });
  };
}

/** Asks for the body, and answers in the middle of it. */
function answerInTheMiddle(reply: string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      socket.once('data', () => {
        socket.pause();
        socket.write(reply);
      });
    });
  };
}

describe('an answer to an upload before the last byte was sent', () => {
  const listen = useRawServer();
  const empty = `HTTP/1.1 200 OK\r\netag: "${digestOf('md5', big.bytes)}"\r\ncontent-length: 0\r\n\r\n`;
  const html = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`;
  const early = {
    'an empty 200 in place of 100 Continue': [
      answerEarly(empty),
      /^The server answered before the whole file/,
    ],
    'a page in place of 100 Continue': [answerEarly(html), /^A web page answered instead of S3/],
    'an empty 200 in the middle of the body': [
      answerInTheMiddle(empty),
      /^The server answered before the whole file/,
    ],
    'a page in the middle of the body': [answerInTheMiddle(html), /^A web page answered instead of S3/],
  } as const;

  for (const [what, [onSocket, sentence]] of Object.entries(early)) {
    it(`${what} is not success`, async () => {
      const server = await listen(onSocket);
      const error = await rejection(uploadThroughLink(unsignedPut(`http://${server.host}`), big, options));
      assert.match(error.message, sentence);
      assert.match(error.message, /the file was not uploaded/);
    });
  }
});
