import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Link, LinkRequest } from '../../../../src/core/links/sign.js';
import {
  completeUpload,
  isUsableValue,
  type UploadPlan,
} from '../../../../src/core/transfer/link/receivedUpload.js';
import type { UploadContent } from '../../../../src/core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { useFolder } from '../../support/folders.js';
import { formatText } from '../../support/formats/formatText.js';
import { oddKeys } from '../../../support/oddKeys.js';
import { planOf } from '../../support/receivedLinks.js';
import { sentForm } from '../../../support/sentForm.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { must, rejection, someBytes } from '../../../support/values.js';
import { writtenForm, writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const { signal } = new AbortController();
const text = Buffer.from('hello');
const hello: UploadContent = { kind: 'bytes', bytes: text };
const address = 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt';
/** A time when the written links are valid. */
const then = new Date(Date.UTC(2026, 2, 1, 10, 30));

/** Sends a file through a link as it was handed over. */
async function send(
  plan: UploadPlan,
  { values = {}, content = hello }: { values?: Record<string, string>; content?: UploadContent } = {},
): Promise<void> {
  const { link, body } = await completeUpload(plan, { values, content, signal });
  await uploadThroughLink(link, body, { signal });
}

function signed(use: ServerUse, about: Partial<LinkRequest> = {}): Promise<Link> {
  return use.sign({ kind: 'put', bucket: 'docs', key: 'in/a b.txt', expiresInSeconds: 60, ...about });
}

function form(use: ServerUse, about: Partial<LinkRequest> = {}): Promise<Link> {
  return signed(use, { kind: 'post', ...about });
}

const asJson = (link: Link): string => formatText('json', link);

describe('an upload link from others', () => {
  const use = useServer();

  it('accepts the file, with the type for its name if none was signed', async () => {
    const plan = planOf((await signed(use)).url);
    assert.deepEqual([plan.requiredValues, plan.isUnsure, plan.key], [[], false, 'in/a b.txt']);
    await send(plan);
    assert.equal(use.server.getObject('docs', 'in/a b.txt')?.contentType, 'text/markdown');
  });

  it('asks for the signed values that it does not contain', async () => {
    const metadata = { owner: 'me' };
    const { url } = await signed(use, { contentType: 'text/csv', metadata, encryption: { kind: 's3' } });
    const plan = planOf(url);
    assert.deepEqual(plan.requiredValues, [
      { name: 'content-type', suggestion: 'text/markdown' },
      { name: 'x-amz-meta-owner', suggestion: '' },
      { name: 'x-amz-server-side-encryption', suggestion: 'AES256' },
    ]);
    assert.equal(isUsableValue(plan, must(plan.requiredValues[1]), ''), false);
    const sse = { 'x-amz-server-side-encryption': 'AES256' };
    await send(plan, { values: { 'content-type': 'text/csv', 'x-amz-meta-owner': 'me', ...sse } });
    const { contentType, metadata: stored } = must(use.server.getObject('docs', 'in/a b.txt'));
    assert.deepEqual([contentType, stored], ['text/csv', metadata]);
    const wrong = { values: { 'content-type': 'text/plain', 'x-amz-meta-owner': 'me', ...sse } };
    assert.equal((await rejection(send(plan, wrong))).name, 'LinkRefusedError');
  });
});

describe('an upload link for a KMS key', () => {
  it('suggests the matching encryption', () => {
    const names = ['x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id'];
    const written = writtenV4({ address, signedHeaders: ['host', ...names].join(';') });
    const [encryption] = planOf(written, { now: then }).requiredValues;
    assert.deepEqual(encryption, { name: names[0], suggestion: 'aws:kms' });
  });
});

describe('an upload link with more information', () => {
  const use = useServer();

  it('in JSON needs no questions', async () => {
    const link = await signed(use, {
      contentType: 'text/csv',
      metadata: { owner: 'me' },
      kind: 'putCreateOnly',
    });
    const plan = planOf(asJson(link));
    assert.deepEqual(plan.requiredValues, []);
    await send(plan);
    assert.equal(use.server.getObject('docs', 'in/a b.txt')?.contentType, 'text/csv');
    assert.equal((await rejection(send(plan))).name, 'LinkRefusedError', 'create only');
  });

  it('sends the user agent from the link instead of its own', async () => {
    const { url } = await signed(use);
    const told = JSON.stringify({ url, headers: { 'User-Agent': 'partner/1' } });
    const { link, body } = await completeUpload(planOf(told), { values: {}, content: hello, signal });
    use.server.clearRequests();
    await uploadThroughLink(link, body, { signal, userAgent: 'signpost/1.2.3' });
    assert.equal(must(use.server.requests[0]).headers['user-agent'], 'partner/1');
  });

  it('that creates only needs nothing except the URL', async () => {
    await send(planOf((await signed(use, { kind: 'putCreateOnly' })).url));
    assert.ok(use.server.getObject('docs', 'in/a b.txt'));
  });

  it('for exactly one file: its digest is computed, and other bytes are refused', async () => {
    const md5Base64 = createHash('md5').update(text).digest('base64');
    const sha256Base64 = createHash('sha256').update(text).digest('base64');
    const file = { name: 'hello.txt', sizeBytes: text.length, md5Base64, sha256Base64 };
    const plan = planOf((await signed(use, { kind: 'putExact', file })).url);
    assert.deepEqual(plan.digests, ['content-md5', 'x-amz-checksum-sha256']);
    await send(plan);
    const other = send(plan, { content: { kind: 'bytes', bytes: Buffer.from('jello') } });
    assert.equal((await rejection(other)).name, 'LinkRefusedError');
    assert.equal(must(use.server.getObject('docs', 'in/a b.txt')).body.toString(), 'hello');
  });

  it('without a method is accepted with a caution', () => {
    assert.equal(planOf(writtenV4({ address }), { now: then }).isUnsure, true);
    assert.equal('content-type' in planOf(writtenV2(address), { now: then }).sends, false);
  });
});

describe('a form from others', () => {
  const use = useServer();

  for (const [what, written] of [
    ['JSON', asJson],
    ['a page', (link: Link) => formatText('htmlForm', link)],
    ['what boto3 returns', (link: Link) => JSON.stringify({ url: link.url, fields: sentForm(link).fields })],
  ] as const) {
    it(`as ${what} accepts the file`, async () => {
      const plan = planOf(written(await form(use, { contentType: 'text/csv' })));
      assert.equal(plan.key, 'in/a b.txt');
      await send(plan);
      const { body, contentType } = must(use.server.getObject('docs', 'in/a b.txt'));
      assert.deepEqual([body.toString(), contentType], ['hello', 'text/csv']);
    });
  }

  for (const [what, key] of Object.entries(oddKeys)) {
    it(`with ${what} in its key`, async () => {
      await send(planOf(asJson(await form(use, { key }))));
      assert.deepEqual(use.server.keys('docs'), [key]);
    });
  }
});

describe('a form from others: its restrictions', () => {
  const use = useServer();
  const folder = useFolder();

  it('streams a file with any bytes and any name', async () => {
    const path = join(folder.path, 'file');
    const bytes = someBytes(3 * 1024 * 1024 + 11);
    writeFileSync(path, bytes);
    const link = await form(use, { key: 'in/', form: { keyIsPrefix: true } });
    const fileName = `it's "so"\r\nünï.bin`;
    const plan = planOf(asJson(link), { fileName });
    await send(plan, { content: { kind: 'file', path, sizeBytes: bytes.length } });
    assert.equal(plan.key, `in/${fileName}`);
    assert.ok(must(use.server.getObject('docs', plan.key)).body.equals(bytes));
  });

  it('is checked against its sizes before a byte is sent', async () => {
    const plan = planOf(asJson(await form(use, { form: { minBytes: 6, maxBytes: 8 } })));
    use.server.clearRequests();
    assert.match((await rejection(send(plan))).message, /is 5 bytes, but the form accepts 6 to 8/);
    assert.deepEqual(use.server.requests, []);
    await send(plan, { content: { kind: 'bytes', bytes: Buffer.alloc(8) } });
  });

  it('asks for a type if it has only a prefix', async () => {
    const link = await form(use, { contentType: 'text/', form: { typeIsPrefix: true } });
    const plan = planOf(asJson(link));
    const [asked] = plan.requiredValues;
    assert.ok(asked !== undefined);
    assert.deepEqual(asked, { name: 'Content-Type', suggestion: 'text/markdown' });
    assert.deepEqual(
      [isUsableValue(plan, asked, 'text/x'), isUsableValue(plan, asked, 'image/x')],
      [true, false],
    );
    await send(plan, { values: { 'Content-Type': 'text/x' } });
    assert.equal(use.server.getObject('docs', 'in/a b.txt')?.contentType, 'text/x');
  });

  it('with a redirect is done at that point, and the redirect is not followed', async () => {
    const link = await form(use, { form: { successRedirect: `${use.server.endpoint}/docs/elsewhere` } });
    use.server.clearRequests();
    await send(planOf(asJson(link)));
    assert.deepEqual(
      use.server.requests.map(({ operation, status }) => [operation, status]),
      [['PostObject', 303]],
    );
  });
});

describe('a form whose key contains the file name placeholder', () => {
  const use = useServer();
  const prefix = [{ bucket: 'docs' }, ['starts-with', '$key', 'in/']];
  const exact = (key: string) => JSON.stringify(writtenForm([{ bucket: 'docs' }, { key }], { key }));

  for (const [key, fileName, expected] of [
    ['in/${filename}', 'a.txt', 'in/a.txt'],
    ['in/${filename}', String.raw`a\b.txt`, String.raw`in/a\b.txt`],
    ['in/${filename}/${filename}', 'a', 'in/a/a'],
    ['in/${filename}.bak', '"a"', 'in/"a".bak'],
  ] as const) {
    it(`sends the key that is shown: ${expected}`, () => {
      const plan = planOf(JSON.stringify(writtenForm(prefix, { key })), { now: then, fileName });
      assert.deepEqual([plan.key, plan.sends.key], [expected, expected]);
    });
  }

  it('stores a name with a backslash under the key that is shown', async () => {
    const link = await form(use, { key: 'in/', form: { keyIsPrefix: true } });
    const plan = planOf(asJson(link), { fileName: String.raw`a\b.txt` });
    await send(plan);
    assert.deepEqual(use.server.keys('docs'), [plan.key]);
  });

  it('leaves the name to the server if the policy requires it', () => {
    const key = 'in/${filename}';
    const plan = planOf(exact(key), { now: then, fileName: 'a.txt' });
    assert.deepEqual([plan.key, plan.sends.key], ['in/a.txt', key]);
  });

  for (const [key, fileName] of [
    ['in/${filename}/${filename}', 'a'],
    ['in/${filename}', String.raw`a\b.txt`],
  ] as const) {
    it(`is refused if servers differ: ${key}, ${fileName}`, () => {
      assert.throws(() => planOf(exact(key), { now: then, fileName }), /servers differ/);
    });
  }
});

describe('a form that limits its size twice', () => {
  it('accepts what both conditions allow', () => {
    const sizes = [
      ['content-length-range', 0, 8],
      ['content-length-range', 3, 100],
    ];
    const plan = planOf(JSON.stringify(writtenForm(sizes)), { now: then });
    assert.deepEqual(plan.sizes, { minBytes: 3, maxBytes: 8 });
  });
});

describe('a form from others: its type', () => {
  const use = useServer();

  it('is asked for if a page has only its prefix', async () => {
    const limits = { keyIsPrefix: true, typeIsPrefix: true };
    const about = { key: 'in/', contentType: 'text/', form: limits } as const;
    const plan = planOf(formatText('htmlForm', await form(use, about)));
    assert.deepEqual(plan.requiredValues, [{ name: 'Content-Type', suggestion: 'text/markdown' }]);
    await send(plan, { values: { 'Content-Type': 'text/csv' } });
    assert.equal(use.server.getObject('docs', 'in/notes.md')?.contentType, 'text/csv');
  });
});

describe('a redirect of an upload', () => {
  const use = useServer();

  it('is not followed', async () => {
    const { url } = await signed(use);
    const plan = planOf(url);
    use.server.clearRequests();
    use.server.setFault(() => ({
      kind: 'status',
      status: 307,
      code: 'TemporaryRedirect',
      headers: { location: `${use.server.endpoint}/docs/elsewhere` },
    }));
    assert.equal((await rejection(send(plan))).name, 'LinkRefusedError');
    assert.equal(use.server.requests.length, 1);
  });
});
