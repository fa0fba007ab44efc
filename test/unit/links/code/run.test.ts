import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeLinkCode } from '../../../../src/core/links/code/codes.js';
import type { LinkRequest } from '../../../../src/core/links/sign.js';
import { endInterpreters } from '../../support/formats/interpreters.js';
import { runCode, type RunnableCode } from '../../support/formats/runCode.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { fewHostileNames } from '../../support/hostileNames.js';
import { queryOf } from '../../support/queries.js';
import { alice } from '../../../support/identities.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { must, rejection, someBytes } from '../../../support/values.js';

after(endInterpreters);

const bytes = someBytes(3000);
const packages = ['awscli', 'python3-boto3', 'ruby', 'ruby-aws-sdk-s3'];
const expiresInSeconds = 1234;

/** Writes the program, runs it, and gives its output. */
async function made(use: ServerUse, id: RunnableCode, request: LinkRequest): Promise<string> {
  const code = await writeLinkCode(id, await use.connect(), request);
  assert.equal(
    code.includes(alice.secretAccessKey) || code.includes(alice.accessKeyId),
    false,
    'contains keys',
  );
  const { exitCode, stdout } = await runCode(id, code);
  assert.equal(exitCode, 0);
  return stdout.replace(/\n$/, '');
}

for (const id of ['python', 'javaScript', 'ruby', 'awsCli'] as const) {
  describe(`${id}: the code of a GET link, run unchanged`, () => {
    usePrograms(...packages);
    const use = useServer();

    for (const key of ['a.txt', ...fewHostileNames, 'a//b', '/a', 'in/']) {
      it(`generates a link to ${JSON.stringify(key)}`, async () => {
        use.server.putObject('eu-docs', key, bytes);
        const url = await made(use, id, { kind: 'get', bucket: 'eu-docs', key, expiresInSeconds });
        const answer = await fetch(url);
        assert.equal(answer.status, 200);
        assert.ok(bytes.equals(Buffer.from(await answer.arrayBuffer())));
        const query = queryOf(url);
        assert.equal(query.get('X-Amz-Expires'), '1234');
        assert.equal(query.get('X-Amz-Algorithm'), 'AWS4-HMAC-SHA256');
        assert.match(
          must(query.get('X-Amz-Credential') ?? undefined),
          /^AKIAALICE[^/]+\/\d+\/eu-central-1\//,
        );
      });
    }
  });
}

for (const id of ['python', 'javaScript', 'ruby'] as const) {
  describe(`${id}: the code of other links, run unchanged`, () => {
    usePrograms(...packages);
    const use = useServer();
    const place = { bucket: 'docs', key: "it's $(a).txt", expiresInSeconds };

    it('names the download', async () => {
      use.server.putObject('docs', place.key, bytes);
      const url = await made(use, id, { kind: 'getAs', fileName: '\u{1f4c4} "a".txt', ...place });
      const answer = await fetch(url);
      assert.match(
        answer.headers.get('content-disposition') ?? '',
        /filename\*=UTF-8''%F0%9F%93%84%20%22a%22\.txt$/,
      );
    });

    it('shows the object as another type', async () => {
      use.server.putObject('docs', place.key, bytes);
      const url = await made(use, id, { kind: 'get', contentType: 'text/plain', inline: true, ...place });
      const { headers } = await fetch(url);
      assert.equal(headers.get('content-type'), 'text/plain');
      assert.equal(headers.get('content-disposition'), 'inline');
    });

    it('uploads with the signed headers, and not without', async () => {
      const metadata = { author: `it's "me" #{1} \\u0041` };
      const options = {
        contentType: 'text/x; a="b"',
        metadata,
        storageClass: 'STANDARD_IA',
        cacheControl: 'no-cache',
      };
      const url = await made(use, id, { kind: 'put', ...options, ...place });
      const headers = {
        'content-type': options.contentType,
        'cache-control': 'no-cache',
        'x-amz-meta-author': metadata.author,
        'x-amz-storage-class': 'STANDARD_IA',
      };
      const fewer = { ...headers, 'x-amz-meta-author': 'another' };
      assert.equal((await fetch(url, { method: 'PUT', headers: fewer, body: bytes })).status, 403);
      assert.equal((await fetch(url, { method: 'PUT', headers, body: bytes })).status, 200);
      const stored = must(use.server.getObject('docs', place.key));
      assert.equal(stored.contentType, options.contentType);
      assert.deepEqual({ ...stored.metadata }, metadata);
    });
  });

  describe(`${id}: the code of a link for one file, run unchanged`, () => {
    usePrograms(...packages);
    const use = useServer();
    const place = { bucket: 'docs', key: 'a', expiresInSeconds };

    it('uploads exactly one file', async () => {
      const md5Base64 = createHash('md5').update(bytes).digest('base64');
      const sha256Base64 = createHash('sha256').update(bytes).digest('base64');
      const file = { name: 'a', sizeBytes: bytes.length, md5Base64, sha256Base64 };
      const url = await made(use, id, { kind: 'putExact', file, ...place });
      const headers = { 'content-md5': md5Base64, 'x-amz-checksum-sha256': sha256Base64 };
      assert.match(queryOf(url).get('X-Amz-SignedHeaders') ?? '', /content-length;content-md5/);
      assert.notEqual((await fetch(url, { method: 'PUT', headers, body: someBytes(2999) })).status, 200);
      assert.equal((await fetch(url, { method: 'PUT', headers, body: bytes })).status, 200);
    });
  });

  describe(`${id}: the code of a form upload, run unchanged`, () => {
    usePrograms(...packages);
    const use = useServer();

    async function post(request: Partial<LinkRequest>, { type, body }: { type?: string; body: Buffer }) {
      const text = await made(use, id, {
        kind: 'post',
        bucket: 'docs',
        key: "it's $(a)",
        expiresInSeconds,
        ...request,
      });
      const { url, fields } = JSON.parse(text) as { url: string; fields: Record<string, string> };
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      if (type !== undefined) form.append('Content-Type', type);
      form.append('file', new Blob([new Uint8Array(body)]), 'a.png');
      return (await fetch(url, { method: 'POST', body: form })).status;
    }

    it('uploads to one key with one type and status', async () => {
      const request = { contentType: 'image/png', form: { successStatus: 201 } } as const;
      assert.equal(await post(request, { body: bytes }), 201);
      assert.deepEqual(use.server.keys('docs'), ["it's $(a)"]);
      assert.equal(use.server.getObject('docs', "it's $(a)")?.contentType, 'image/png');
    });

    it('uploads below a prefix, within the sizes and the type prefix', async () => {
      const form = { keyIsPrefix: true, typeIsPrefix: true, minBytes: 1, maxBytes: 3000 };
      const request = { key: 'in/', contentType: 'image/', form };
      assert.equal(await post(request, { type: 'image/png', body: someBytes(3001) }), 400);
      assert.equal(await post(request, { type: 'text/plain', body: bytes }), 403);
      assert.deepEqual(use.server.keys('docs'), []);
      assert.equal(await post(request, { type: 'image/png', body: bytes }), 204);
      assert.deepEqual(use.server.keys('docs'), ['in/a.png']);
    });
  });
}

// Debian's SDK for Ruby predates this condition.
describe('javaScript: the code of a create-only link, run unchanged', () => {
  const use = useServer();

  it('uploads once', async () => {
    const request = { kind: 'putCreateOnly', bucket: 'docs', key: 'a', expiresInSeconds } as const;
    const url = await made(use, 'javaScript', request);
    const headers = { 'if-none-match': '*' };
    assert.equal((await fetch(url, { method: 'PUT', headers, body: bytes })).status, 200);
    assert.equal((await fetch(url, { method: 'PUT', headers, body: bytes })).status, 412);
    assert.equal((await fetch(url, { method: 'PUT', body: bytes })).status, 403);
  });
});

describe('code that a language does not support', () => {
  const use = useServer();

  it('is refused for the AWS CLI unless the link is a plain download', async () => {
    for (const request of [
      { kind: 'getAs', fileName: 'a.txt' },
      { kind: 'put', contentType: 'text/plain' },
      { kind: 'put' },
      { kind: 'post' },
    ] as const) {
      const order = { bucket: 'docs', key: 'a', expiresInSeconds, ...request };
      const error = await rejection(writeLinkCode('awsCli', await use.connect(), order));
      assert.match(error.message, /only download links/);
    }
  });

  it('is refused for Java if it is a form upload', async () => {
    const order = { kind: 'post', bucket: 'docs', key: 'a', expiresInSeconds } as const;
    assert.match(
      (await rejection(writeLinkCode('java', await use.connect(), order))).message,
      /does not support form uploads/,
    );
  });
});
