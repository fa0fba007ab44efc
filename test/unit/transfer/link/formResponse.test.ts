import assert from 'node:assert/strict';
import { completeUpload } from '../../../../src/core/transfer/link/receivedUpload.js';
import { maxPutBytes, type UploadContent } from '../../../../src/core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { planOf } from '../../support/receivedLinks.js';
import { answerUploads, digestOf, type UploadReply } from '../../support/uploadServers.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';
import { writtenForm } from '../../../support/writtenLinks.js';

const { signal } = new AbortController();
const retryLimits = { attempts: 1, pauseMs: 0, totalMs: 0 } as const;
/** A time when the written forms are valid. */
const now = new Date(Date.UTC(2026, 2, 1, 10, 30));
const bytes = someBytes(100);
const md5 = digestOf('md5', bytes);
const etag = `"${md5}"`;
const asked = 'https://example.com/done?from=form';
const stored = `bucket=docs&key=in%2Fa.txt&etag=${encodeURIComponent(etag)}`;

/** Sends content through a form with these additional fields. */
async function send(
  endpoint: string,
  fields: Readonly<Record<string, string>>,
  content: UploadContent = { kind: 'bytes', bytes },
) {
  const form = { ...writtenForm([{ key: 'in/a.txt' }], fields), url: `${endpoint}/docs` };
  const plan = planOf(JSON.stringify(form), { now });
  const { link, body } = await completeUpload(plan, { values: {}, content, signal });
  return uploadThroughLink(link, body, { signal, retryLimits });
}

interface Case {
  readonly fields?: Readonly<Record<string, string>>;
  readonly reply: UploadReply;
  readonly isConfirmed: boolean;
}

const successes: Readonly<Record<string, Case>> = {
  '204 if no status is requested': { reply: { status: 204, headers: { etag } }, isConfirmed: true },
  '204 without an ETag': { reply: { status: 204 }, isConfirmed: false },
  '200 as requested': {
    fields: { success_action_status: '200' },
    reply: { status: 200 },
    isConfirmed: false,
  },
  '201 as requested': {
    fields: { Success_Action_Status: '201' },
    reply: { status: 201, text: '<?xml version="1.0"?><PostResponse><Key>in/a.txt</Key></PostResponse>' },
    isConfirmed: false,
  },
  '204 instead of the requested 201, from a store that ignores the field': {
    fields: { success_action_status: '201' },
    reply: { status: 204 },
    isConfirmed: false,
  },
  '200 that was not requested, with the MD5': { reply: { headers: { etag } }, isConfirmed: true },
  'the requested redirect, with the MD5': {
    fields: { success_action_redirect: asked },
    reply: { status: 303, headers: { location: `${asked}&${stored}` } },
    isConfirmed: true,
  },
  'the requested redirect, by the legacy field': {
    fields: { redirect: 'https://example.com' },
    reply: { status: 303, headers: { location: 'https://example.com/?bucket=docs&key=in%2Fa.txt' } },
    isConfirmed: false,
  },
  'the requested redirect, with a web page in the body': {
    fields: { success_action_redirect: asked },
    reply: {
      status: 303,
      headers: { location: `${asked}&${stored}`, 'content-type': 'text/html' },
      text: '<html>See other</html>',
    },
    isConfirmed: true,
  },
};

describe('a successful answer to a form', () => {
  const listen = useListener();

  for (const [what, { fields = {}, reply, isConfirmed }] of Object.entries(successes)) {
    it(`${what}: ${isConfirmed ? 'confirmed' : 'not confirmed'}`, async () => {
      const endpoint = await listen(answerUploads(() => reply));
      assert.equal((await send(endpoint, fields)).isConfirmed, isConfirmed);
    });
  }
});

const redirect = { success_action_redirect: asked } as const;
const failures: Readonly<Record<string, readonly [Case['fields'], string | undefined]>> = {
  'to another host': [redirect, `https://login.example.net/done?from=form&${stored}`],
  'to another path of the host': [redirect, `https://example.com/login?from=form&${stored}`],
  'to another port of the host': [redirect, `https://example.com:8443/done?from=form&${stored}`],
  'to http:// instead of https://': [redirect, `http://example.com/done?from=form&${stored}`],
  'without the requested parameters': [redirect, `https://example.com/done?${stored}`],
  'with parameters that S3 does not add': [redirect, `${asked}&${stored}&next=login`],
  'without a location': [redirect, undefined],
  'to a relative URL': [redirect, '/login'],
  'that was not requested': [{}, `${asked}&${stored}`],
};

describe('a redirect that does not mean success', () => {
  const listen = useListener();

  for (const [what, [fields = {}, location]] of Object.entries(failures)) {
    it(what, async () => {
      const headers: Record<string, string> = location === undefined ? {} : { location };
      const endpoint = await listen(answerUploads(() => ({ status: 303, headers })));
      assert.equal((await rejection(send(endpoint, fields))).name, 'LinkRefusedError');
    });
  }
});

describe('a status that does not mean success', () => {
  const listen = useListener();

  it('200 that was not requested, without the MD5', async () => {
    const endpoint = await listen(answerUploads(() => ({})));
    assert.match(
      (await rejection(send(endpoint, {}))).message,
      /^The server answered 200, which S3 never does/,
    );
  });
});

describe('the largest file for a form', () => {
  it('is 5 GiB, not counting the other fields', async () => {
    const path = '/missing/large.bin';
    const largest = { kind: 'file', path, sizeBytes: maxPutBytes } as const;
    // Signpost tries to read it, so it did not find it too large.
    const error = await rejection(send('http://127.0.0.1:1', {}, largest));
    assert.match(String((error as NodeJS.ErrnoException).code), /^(?:ENOENT|ECONNREFUSED)$/);
    const larger = { ...largest, sizeBytes: maxPutBytes + 1 };
    assert.equal((await rejection(send('http://127.0.0.1:1', {}, larger))).name, 'TooLargeError');
  });
});
