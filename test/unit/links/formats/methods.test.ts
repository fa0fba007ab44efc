import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Link } from '../../../../src/core/links/sign.js';
import { useFolder } from '../../support/folders.js';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { endInterpreters } from '../../support/formats/interpreters.js';
import { runFormat, runnableFormats } from '../../support/formats/runFormat.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { useServer } from '../../../support/server.js';
import { useListener } from '../../support/webServer.js';
import { must, someBytes } from '../../../support/values.js';

after(endInterpreters);

const bytes = someBytes(3000);
const md5Base64 = createHash('md5').update(bytes).digest('base64');
const sha256Base64 = createHash('sha256').update(bytes).digest('base64');

for (const format of runnableFormats) {
  describe(`${format}, run unchanged: methods`, () => {
    usePrograms('curl', 'wget', 'python3-requests');
    const use = useServer();
    const folder = useFolder();
    const key = 'in/a.txt';

    it('reads the metadata of an object', async () => {
      use.server.putObject('docs', key, bytes);
      const link = await use.sign({ kind: 'head', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      assert.deepEqual(
        use.server.requests.map(({ operation }) => operation).filter((name) => name !== 'HeadBucket'),
        ['HeadObject'],
      );
      assert.deepEqual(readdirSync(folder.path), []);
    });

    it('deletes an object', async () => {
      use.server.putObject('docs', key, bytes);
      const link = await use.sign({ kind: 'delete', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      assert.deepEqual(use.server.keys('docs'), []);
    });

    it('shows a listing', async () => {
      use.server.putObject('docs', key, bytes);
      const link = await use.sign({ kind: 'list', bucket: 'docs', key: 'in/', expiresInSeconds: 60 });
      const { exitCode, stdout } = await runFormat(format, formatText(format, link), folder.path);
      assert.equal(exitCode, 0);
      assert.match(stdout, /<Key>in\/a\.txt/);
      assert.deepEqual(readdirSync(folder.path), []);
    });
  });

  describe(`${format}, run unchanged: uploads, and missing objects`, () => {
    usePrograms('curl', 'wget', 'python3-requests');
    const use = useServer();
    const listen = useListener();
    const folder = useFolder();
    const key = 'in/a.txt';

    it('uploads an empty file', async () => {
      writeFileSync(join(folder.path, 'a.txt'), '');
      const link = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      assert.equal(use.server.getObject('docs', key)?.body.length, 0);
    });

    it('declares no type that was not requested', async () => {
      writeFileSync(join(folder.path, 'a.txt'), bytes);
      const link = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      const type = must(use.server.getObject('docs', key)).contentType ?? 'application/octet-stream';
      assert.match(type, /octet-stream$/);
    });

    for (const name of ['in/a.txt', 'in/']) {
      it(`sends a file by the method of the link: ${name}`, async () => {
        const sent: string[] = [];
        const endpoint = await listen((request, response) => {
          void text(request).then((body) => {
            sent.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
            response.end();
          });
        });
        writeFileSync(join(folder.path, 'order.xml'), '<RestoreRequest/>');
        const put = await use.sign({ kind: 'put', bucket: 'docs', key: name, expiresInSeconds: 60 });
        const post: Link = { ...put, method: 'POST', url: `${endpoint}/docs/${name}?restore` };
        const written = formatText(format, post, { fileName: 'order.xml' });
        assert.equal((await runFormat(format, written, folder.path)).exitCode, 0);
        assert.deepEqual(sent, [`POST /docs/${name}?restore <RestoreRequest/>`]);
      });
    }

    it('fails when S3 refuses, and saves nothing that looks like the object', async () => {
      const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'missing', expiresInSeconds: 60 });
      const { exitCode } = await runFormat(format, formatText(format, link), folder.path);
      assert.notEqual(exitCode, 0);
      // wget creates its file before the request.
      assert.deepEqual(readdirSync(folder.path), format === 'wget' ? ['missing'] : []);
    });
  });

  describe(`${format}, run unchanged: required headers`, () => {
    usePrograms('curl', 'wget', 'python3-requests');
    const use = useServer();
    const folder = useFolder();
    const key = 'in/a.txt';
    const contentType = 'text/plain; charset=utf-8';

    it('sends type, metadata, storage class and cache control', async () => {
      writeFileSync(join(folder.path, 'a.txt'), bytes);
      const metadata = { author: "it's $(touch pwned) `touch pwned` %s {a}", 'second-name': '@file' };
      const options = { contentType, metadata, storageClass: 'STANDARD_IA', cacheControl: 'max-age=60' };
      const link = await use.sign({ kind: 'put', bucket: 'docs', key, ...options, expiresInSeconds: 60 });
      if (format === 'http') {
        const without = { ...options, metadata: {} };
        const plain = await use.sign({ kind: 'put', bucket: 'docs', key, ...without, expiresInSeconds: 60 });
        assert.match(refusalOf(format, link), /\.http file/);
        assert.equal((await runFormat(format, formatText(format, plain), folder.path)).exitCode, 0);
        assert.equal(use.server.getObject('docs', key)?.contentType, contentType);
        return;
      }
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      const stored = must(use.server.getObject('docs', key));
      assert.equal(stored.contentType, contentType);
      assert.deepEqual({ ...stored.metadata }, metadata);
      assert.equal(stored.storageClass, 'STANDARD_IA');
    });

    it('sends the condition of a create-only link', async () => {
      writeFileSync(join(folder.path, 'a.txt'), bytes);
      const link = await use.sign({ kind: 'putCreateOnly', bucket: 'docs', key, expiresInSeconds: 60 });
      const text = formatText(format, link);
      assert.equal((await runFormat(format, text, folder.path)).exitCode, 0);
      assert.notEqual((await runFormat(format, text, folder.path)).exitCode, 0);
    });

    it('uploads exactly this file, and no other', async () => {
      const name = 'exact.bin';
      const file = { name, sizeBytes: bytes.length, md5Base64, sha256Base64 };
      const link = await use.sign({ kind: 'putExact', bucket: 'docs', key, file, expiresInSeconds: 60 });
      writeFileSync(join(folder.path, name), someBytes(2999));
      assert.notEqual((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      writeFileSync(join(folder.path, name), bytes);
      assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
      assert.ok(use.server.getObject('docs', key)?.body.equals(bytes));
    });
  });
}
