import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/core/links/exchange.js';
import { linkKind, linkKinds, type LinkKindId } from '../../../src/core/links/kinds.js';
import type { LinkOptions } from '../../../src/core/links/target.js';
import { queryOf, signedHeaders } from '../support/queries.js';
import { useServer } from '../../support/server.js';

interface Row extends Exchange {
  /** The options beyond bucket and key. */
  readonly options: LinkOptions;
  /** The headers that the sender has to add, and the length that clients add by themselves. */
  readonly headers: Readonly<Record<string, string>>;
  /** The URL parameters specific to the kind. */
  readonly query: Readonly<Record<string, string>>;
  /** The server's answers to the first and the second use of the link; forms have their own test. */
  readonly statuses?: readonly [first: number, second: number];
}

const typed = { 'content-type': 'text/plain; charset=utf-8' };
const download = {
  method: 'GET',
  sends: 'nothing',
  receives: 'file',
  headers: {},
  statuses: [200, 200],
} as const;
const upload = { method: 'PUT', sends: 'file', receives: 'nothing' } as const;
const hello = {
  name: 'hello.txt',
  sizeBytes: 5,
  md5Base64: 'XUFAKrxLKna5cZ2REBfFkg==',
  sha256Base64: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
};

const rows = {
  get: {
    ...download,
    options: { contentType: 'text/html', inline: true },
    query: {
      'x-id': 'GetObject',
      'response-content-type': 'text/html',
      'response-content-disposition': 'inline',
    },
  },
  getAs: {
    ...download,
    options: { fileName: 'a b.txt' },
    query: { 'response-content-disposition': 'attachment; filename="a b.txt"' },
  },
  getVersion: { ...download, options: { versionId: 'null' }, query: { versionId: 'null' } },
  head: {
    method: 'HEAD',
    sends: 'nothing',
    receives: 'headers',
    options: {},
    headers: {},
    query: {},
    statuses: [200, 200],
  },
  list: {
    ...download,
    receives: 'text',
    options: {},
    query: { 'list-type': '2', prefix: 'a.txt' },
  },
  delete: {
    method: 'DELETE',
    sends: 'nothing',
    receives: 'nothing',
    options: {},
    headers: {},
    query: { 'x-id': 'DeleteObject' },
    statuses: [204, 204],
  },
  put: {
    ...upload,
    options: {
      contentType: typed['content-type'],
      cacheControl: 'max-age=60',
      metadata: { Author: 'me' },
      storageClass: 'STANDARD_IA',
      encryption: { kind: 'kms', keyId: 'alias/docs' },
    },
    headers: {
      ...typed,
      'cache-control': 'max-age=60',
      'x-amz-meta-author': 'me',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'alias/docs',
    },
    query: { 'x-id': 'PutObject' },
    statuses: [200, 200],
  },
  putCreateOnly: {
    ...upload,
    options: { contentType: typed['content-type'], encryption: { kind: 's3' } },
    headers: { ...typed, 'if-none-match': '*', 'x-amz-server-side-encryption': 'AES256' },
    query: { 'x-id': 'PutObject' },
    statuses: [200, 412],
  },
  putExact: {
    ...upload,
    options: { contentType: typed['content-type'], file: hello },
    headers: {
      ...typed,
      'content-length': '5',
      'content-md5': hello.md5Base64,
      'x-amz-checksum-sha256': hello.sha256Base64,
    },
    query: { 'x-id': 'PutObject' },
    statuses: [200, 200],
  },
  post: { method: 'POST', sends: 'form', receives: 'nothing', options: { form: {} }, headers: {}, query: {} },
} as const satisfies Record<LinkKindId, Row>;

const ids = Object.keys(linkKinds) as LinkKindId[];
const place = { bucket: 'docs', key: 'a.txt', expiresInSeconds: 60 };

describe('all kinds of links', () => {
  const use = useServer();

  it('have a row here, and every row has a kind', () => {
    assert.deepEqual(Object.keys(rows).sort(), ids.toSorted());
  });

  for (const kind of ids) {
    const row: Row = rows[kind];
    it(`${kind}: signs exactly the options, and states what has to be sent`, async () => {
      const { 'content-length': length, ...sent } = row.headers;
      const link = await use.sign({ kind, ...row.options, ...place });
      assert.equal(link.method, row.method);
      assert.deepEqual(link.headers, sent);
      const { sends } = link;
      assert.deepEqual([sends.what, link.receives], [row.sends, row.receives]);
      assert.equal(sends.what === 'file' ? sends.bodyBytes?.min.toString() : undefined, length);
      const query = queryOf(link.url);
      for (const [name, value] of Object.entries(row.query)) assert.equal(query.get(name), value);
      if (row.sends !== 'form')
        assert.deepEqual(signedHeaders(link.url), [...Object.keys(row.headers), 'host'].sort());
    });

    const { statuses } = row;
    if (statuses !== undefined) {
      it(`${kind}: is accepted by the server as often as expected`, async () => {
        if (row.sends !== 'file') use.server.putObject('docs', 'a.txt', 'hello');
        const link = await use.sign({ kind, ...row.options, ...place });
        const body = row.sends === 'file' ? Buffer.from('hello') : undefined;
        const answers: number[] = [];
        for (let count = 0; count < 2; count += 1) {
          answers.push((await fetch(link.url, { method: link.method, headers: link.headers, body })).status);
        }
        assert.deepEqual(answers, statuses);
        const stored = use.server.getObject('docs', 'a.txt')?.body.toString();
        assert.equal(stored, row.method === 'DELETE' ? undefined : 'hello');
      });
    }

    it(`${kind}: has a detail and a unique label`, () => {
      const { label, detail } = linkKind(kind);
      assert.notEqual(label.trim(), '');
      assert.match(detail, /^[A-Z].*\.$/);
      assert.equal(ids.filter((other) => linkKind(other).label === label).length, 1);
    });
  }
});

describe('the restrictions of an upload link', () => {
  const use = useServer();

  for (const kind of ['put', 'putCreateOnly'] as const) {
    it(`${kind}: has none that were not requested`, async () => {
      const link = await use.sign({ kind, ...place });
      assert.deepEqual(Object.keys(link.headers), kind === 'put' ? [] : ['if-none-match']);
    });
  }

  it('putExact: rejects any other content', async () => {
    const link = await use.sign({ kind: 'putExact', ...rows.putExact.options, ...place });
    for (const body of ['hallo', 'hello!']) {
      const answer = await fetch(link.url, { method: 'PUT', headers: link.headers, body: Buffer.from(body) });
      assert.ok(answer.status === 400 || answer.status === 403, `${body}: ${answer.status}`);
    }
    assert.equal(use.server.getObject('docs', 'a.txt'), undefined);
  });
});
