import assert from 'node:assert/strict';
import { maxExpirySeconds } from '../../../src/core/links/expiry.js';
import { InvalidExpiryError, objectUrl, signLink } from '../../../src/core/links/sign.js';
import type { LinkKindId } from '../../../src/core/links/kinds.js';
import { InvalidKeyError } from '../../../src/core/storage/keys.js';
import { impossibleKeys, oddKeys } from '../../support/oddKeys.js';
import { parameterNames, queryOf } from '../support/queries.js';
import { alice, temporary } from '../../support/identities.js';
import { useServer } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';
import { scopeOf, takeApart } from '../../support/verifier.js';

const kinds: readonly LinkKindId[] = ['get', 'put', 'putCreateOnly'];

/** The error code of the server, empty if it accepted the request. */
async function codeOf(answer: Response): Promise<string> {
  return /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? '';
}

describe('signLink: the contents of a link', () => {
  const use = useServer();

  for (const kind of kinds) {
    it(`${kind}: only what SigV4 and the operation need, no checksum`, async () => {
      const link = await use.sign({
        kind,
        bucket: 'docs',
        key: 'a.txt',
        ...(kind === 'get' ? {} : { contentType: 'a/b' }),
        expiresInSeconds: 60,
      });
      assert.deepEqual(parameterNames(link.url), [
        'X-Amz-Algorithm',
        'X-Amz-Content-Sha256',
        'X-Amz-Credential',
        'X-Amz-Date',
        'X-Amz-Expires',
        'X-Amz-Signature',
        'X-Amz-SignedHeaders',
        'x-id',
      ]);
    });
  }
});

describe('signLink: signer and region', () => {
  const use = useServer();

  it('uses the region of the bucket, which is requested once', async () => {
    const connection = await use.connect();
    for (const key of ['a', 'b', 'c']) {
      const request = { kind: 'get', bucket: 'eu-docs', key, expiresInSeconds: 60 } as const;
      const link = await signLink(connection, request, { now: use.now });
      assert.equal(scopeOf(takeApart(link.url)).region, 'eu-central-1');
    }
    assert.deepEqual(
      use.server.requests.map(({ operation }) => operation),
      ['HeadBucket'],
    );
  });

  it('includes the session token of temporary credentials, and works', async () => {
    use.server.putObject('docs', 'a.txt', 'hello');
    const link = await use.sign(
      { kind: 'get', bucket: 'docs', key: 'a.txt', expiresInSeconds: 60 },
      'temporary',
    );
    assert.ok(queryOf(link.url).get('X-Amz-Security-Token') === temporary.sessionToken);
    assert.equal((await fetch(link.url)).status, 200);
  });

  it('grants no more than the signer may', async () => {
    use.server.putObject('docs', 'a.txt', 'hello');
    const link = await use.sign(
      { kind: 'get', bucket: 'docs', key: 'a.txt', expiresInSeconds: 60 },
      'mallory',
    );
    const answer = await fetch(link.url);
    assert.equal(answer.status, 403);
    assert.equal(await codeOf(answer), 'AccessDenied');
  });
});

describe('signLink: the content type a link requires', () => {
  const use = useServer();
  const contentType = 'image/png';

  const types: readonly (readonly [what: string, sent: string | undefined, code: string])[] = [
    ['the type itself', contentType, ''],
    ['another type', 'image/gif', 'SignatureDoesNotMatch'],
    ['no type', undefined, 'SignatureDoesNotMatch'],
    ['the type with a parameter', `${contentType}; q=1`, 'SignatureDoesNotMatch'],
  ];
  for (const [what, sent, code] of types) {
    it(`a type is signed: ${what} is ${code === '' ? 'accepted' : 'refused'}`, async () => {
      const link = await use.sign({
        kind: 'put',
        bucket: 'docs',
        key: 'a',
        contentType,
        expiresInSeconds: 60,
      });
      const headers = new Headers(sent === undefined ? {} : { 'content-type': sent });
      const answer = await fetch(link.url, { method: 'PUT', headers, body: Buffer.from('x') });
      assert.equal(await codeOf(answer), code);
      assert.equal(use.server.getObject('docs', 'a')?.contentType, code === '' ? contentType : undefined);
    });
  }
});

describe('signLink: other restrictions of a link', () => {
  const use = useServer();

  it('create only: an existing object stays unchanged', async () => {
    use.server.putObject('docs', 'a', 'first');
    const link = await use.sign({ kind: 'putCreateOnly', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const answer = await fetch(link.url, {
      method: 'PUT',
      headers: link.headers,
      body: Buffer.from('second'),
    });
    assert.equal(answer.status, 412);
    assert.equal(await codeOf(answer), 'PreconditionFailed');
    assert.equal(use.server.getObject('docs', 'a')?.body.toString(), 'first');
  });

  it('create only: the condition cannot be left out', async () => {
    const link = await use.sign({ kind: 'putCreateOnly', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const answer = await fetch(link.url, { method: 'PUT', body: Buffer.from('x') });
    assert.equal(await codeOf(answer), 'SignatureDoesNotMatch');
    assert.equal(use.server.getObject('docs', 'a'), undefined);
  });

  for (const method of ['PUT', 'DELETE', 'HEAD']) {
    it(`a GET link cannot be used for ${method}`, async () => {
      use.server.putObject('docs', 'a', 'first');
      const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
      assert.equal((await fetch(link.url, { method })).status, 403);
      assert.equal(use.server.getObject('docs', 'a')?.body.toString(), 'first');
    });
  }
});

describe('signLink: the expiry of a link', () => {
  const use = useServer();

  it('is in whole seconds from the time of signing', async () => {
    use.now = new Date('2026-03-01T10:00:00.900Z');
    const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 90 });
    assert.equal(link.expiresAt.toISOString(), '2026-03-01T10:01:30.000Z');
    assert.equal(queryOf(link.url).get('X-Amz-Date'), '20260301T100000Z');
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), '90');
  });

  for (const expiresInSeconds of [1, 900, maxExpirySeconds]) {
    it(`is exact to the second (${expiresInSeconds} s)`, async () => {
      use.server.putObject('docs', 'a', 'hello');
      const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds });
      use.now = link.expiresAt;
      assert.equal((await fetch(link.url)).status, 200);
      use.now = new Date(link.expiresAt.getTime() + 1000);
      const answer = await fetch(link.url);
      assert.equal(answer.status, 403);
      assert.match(await answer.text(), /Request has expired/);
    });
  }

  it('an expired PUT link stores nothing', async () => {
    const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    use.now = new Date(link.expiresAt.getTime() + 1000);
    assert.equal((await fetch(link.url, { method: 'PUT', body: Buffer.from('x') })).status, 403);
    assert.deepEqual(use.server.keys('docs'), []);
  });
});

describe('signLink refuses before signing or sending anything', () => {
  const use = useServer();

  for (const kind of kinds) {
    for (const [what, key] of Object.entries(impossibleKeys)) {
      it(`${kind}: an impossible key: ${what}`, async () => {
        const error = await rejection(use.sign({ kind, bucket: 'docs', key, expiresInSeconds: 60 }));
        assert.ok(error instanceof InvalidKeyError);
        assert.equal(use.server.requests.length, 0);
      });
    }
  }

  for (const expiresInSeconds of [0, -1, 1.5, maxExpirySeconds + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`an expiry of ${expiresInSeconds}`, async () => {
      const error = await rejection(use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds }));
      assert.ok(error instanceof InvalidExpiryError);
      assert.equal(use.server.requests.length, 0);
    });
  }

  it('an aborted request', async () => {
    const connection = await use.connect();
    const signal = AbortSignal.abort();
    const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
    assert.equal(
      (await rejection(signLink(connection, request, { now: use.now, signal }))).name,
      'AbortError',
    );
  });
});

describe('objectUrl', () => {
  const use = useServer();

  for (const [what, key] of [['a plain name', 'a/b.txt'] as const, ...Object.entries(oddKeys)]) {
    it(`is the link without its query: ${what}`, async () => {
      const connection = await use.connect();
      const url = await objectUrl(connection, { bucket: 'docs', key }, { now: use.now });
      const prefix = `${use.server.endpoint}/docs/`;
      assert.ok(url.startsWith(prefix));
      assert.equal(decodeURIComponent(url.slice(prefix.length)), key);
      assert.ok(!url.includes('?') && !url.includes(must(alice.accessKeyId)));
    });
  }
});
