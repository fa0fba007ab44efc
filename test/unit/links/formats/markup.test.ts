import assert from 'node:assert/strict';
import {
  formatLink,
  formatsFor,
  linkFormats,
  type LinkFormatId,
} from '../../../../src/core/links/formats/formats.js';
import { keyName } from '../../../../src/core/storage/keys.js';
import { displayKey } from '../../../../src/core/text/unprintable.js';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { hostileNames } from '../../support/hostileNames.js';
import { useServer } from '../../../support/server.js';
import { must } from '../../../support/values.js';

const keys = hostileNames.filter((name) => !/^\.{1,2}$/.test(name));

/** Resolves numeric character references like a browser. */
function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('links in markup', () => {
  const use = useServer();

  for (const key of [...keys, 'folder/<b>&amp;"name"']) {
    it(`Markdown: ${JSON.stringify(key)} is one link with its name as text`, async () => {
      use.server.putObject('docs', key, 'from S3');
      const link = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      const text = formatText('markdown', link);
      // CommonMark: a backslash makes ASCII punctuation literal; the address has no spaces and parentheses.
      const [, name, url] = must(
        /^\[((?:\\[!-/:-@[-`{-~]|[^\\[\]<>&*_`~$|\n])*)\]\(([^\s()<>]+)\)$/u.exec(text) ?? undefined,
      );
      assert.equal(must(name).replace(/\\(.)/g, '$1'), displayKey(keyName(key)).trim());
      assert.equal(await (await fetch(must(url))).text(), 'from S3');
    });

    it(`HTML: ${JSON.stringify(key)} is one link with its name as text`, async () => {
      use.server.putObject('docs', key, 'from S3');
      const link = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      const [, url, name] = must(
        /^<a href="([^"<>]+)">([^<>"']*)<\/a>$/u.exec(formatText('html', link)) ?? undefined,
      );
      assert.equal(unescapeHtml(must(name)), displayKey(keyName(key)).trim());
      assert.equal(await (await fetch(unescapeHtml(must(url)))).text(), 'from S3');
    });
  }

  it('is named after the file of the download', async () => {
    const link = await use.sign({
      kind: 'getAs',
      bucket: 'docs',
      key: 'a',
      fileName: 'Report 1.pdf',
      expiresInSeconds: 60,
    });
    assert.ok(formatText('markdown', link).startsWith('[Report 1.pdf]('));
    assert.ok(formatText('html', link).endsWith('>Report 1.pdf</a>'));
  });
});

describe('the URL of a link', () => {
  const use = useServer();

  it('is the unchanged link', async () => {
    const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    assert.equal(formatText('url', link) === link.url, true);
  });

  it('is refused when headers have to be sent with it', async () => {
    const link = await use.sign({
      kind: 'put',
      bucket: 'docs',
      key: 'a',
      contentType: 'text/plain',
      expiresInSeconds: 60,
    });
    assert.match(refusalOf('url', link), /headers that a URL alone cannot send: content-type\./);
  });
});

describe('the JSON of a link', () => {
  const use = useServer();

  it('contains everything needed to upload', async () => {
    const metadata = { author: `it's "me"` };
    const link = await use.sign({
      kind: 'put',
      bucket: 'docs',
      key: 'a/../b',
      metadata,
      contentType: 'text/plain',
      expiresInSeconds: 60,
    });
    const told = JSON.parse(formatText('json', link)) as {
      method: string;
      url: string;
      headers: Record<string, string>;
      expires: string;
    };
    assert.equal(told.method, 'PUT');
    assert.equal(told.url === link.url, true);
    assert.deepEqual(told.headers, { 'content-type': 'text/plain', 'x-amz-meta-author': `it's "me"` });
    assert.equal(told.expires, link.expiresAt.toISOString());
  });
});

describe('the JSON of a form upload', () => {
  const use = useServer();

  it('contains everything needed', async () => {
    const form = { keyIsPrefix: true, minBytes: 1, maxBytes: 10, typeIsPrefix: true };
    const link = await use.sign({
      kind: 'post',
      bucket: 'docs',
      key: 'in/',
      contentType: 'image/',
      form,
      expiresInSeconds: 60,
    });
    const told = JSON.parse(formatText('json', link)) as {
      url: string;
      fields: Record<string, string>;
      bodyBytes: unknown;
      contentTypePrefix: string;
    };
    const body = new FormData();
    for (const [name, value] of Object.entries(told.fields)) body.append(name, value);
    assert.equal(told.contentTypePrefix, 'image/');
    body.append('Content-Type', `${told.contentTypePrefix}png`);
    body.append('file', new Blob(['12345']), 'a.png');
    assert.equal((await fetch(told.url, { method: 'POST', body })).status, 204);
    assert.deepEqual(use.server.keys('docs'), ['in/a.png']);
    assert.deepEqual(told.bodyBytes, { min: 1, max: 10 });
  });
});

describe('the table of formats', () => {
  const use = useServer();

  it('offers each kind the formats that support its method, and refuses the others', async () => {
    for (const kind of ['get', 'head', 'put', 'delete', 'post', 'list'] as const) {
      const link = await use.sign({ kind, bucket: 'docs', key: 'a', expiresInSeconds: 60 });
      const offered = formatsFor(kind);
      assert.ok(offered.includes('json') && offered.includes('curl'));
      for (const id of Object.keys(linkFormats) as LinkFormatId[]) {
        const isWritten = 'text' in formatLink(id, link);
        assert.equal(isWritten, offered.includes(id), `${kind} ${id}`);
      }
    }
    assert.ok(!formatsFor('put').includes('markdown') && formatsFor('post').includes('htmlForm'));
  });
});
