import assert from 'node:assert/strict';
import { UnusableLinkError } from '../../../../src/core/transfer/link/receivedLink.js';
import { planUpload } from '../../../../src/core/transfer/link/receivedUpload.js';
import { fitsPrompt, sentValuesOf } from '../../../../src/core/transfer/link/sentValues.js';
import { readLink } from '../../support/parsedLinks.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const url = readLink(writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt' }));
const form = readLink(JSON.stringify(writtenForm([{ bucket: 'docs' }])));
const customerKey = 'x-amz-server-side-encryption-customer-key';

describe('the values that an upload sends with the file', () => {
  it('are all named, and shown unless they are secret', () => {
    const shown = {
      'x-amz-meta-customer-key': 'a',
      'x-amz-meta-authorization': 'b',
      [`${customerKey}-algorithm`]: 'AES256',
      'x-signature': 'c',
      key: 'd',
      bucket: 'e',
    };
    const hidden = [
      customerKey,
      `${customerKey}-md5`,
      'Authorization',
      'cookie',
      'signature',
      'policy',
    ].concat(['x-amz-security-token', 'x-amz-s3session-token', 'x-amz-date']);
    const sends = { ...shown, ...Object.fromEntries(hidden.map((name) => [name, 'secret'])) };
    assert.deepEqual(sentValuesOf(url, sends), { shown: Object.entries(shown), hidden });
  });

  it('are shown without the query of an address', () => {
    const { shown } = sentValuesOf(form, {
      success_action_redirect: 'https://app.example/cb?X-Amz-Signature=a',
    });
    assert.deepEqual(shown, [['success_action_redirect', 'https://app.example/cb?...']]);
  });

  it('leave out only the bucket and key of a form, which are shown separately', () => {
    const sends = { Key: 'a', bucket: 'b', policy: 'c', 'x-amz-meta-key': 'd' };
    assert.deepEqual(sentValuesOf(form, sends), { shown: [['x-amz-meta-key', 'd']], hidden: ['policy'] });
  });
});

describe('the values that an upload through a link from others sends', () => {
  it('include those in link parameters, the decisive first, and no signature', () => {
    const more = ['x-amz-meta-a=1', 'x-amz-acl=public-read', 'utm=secret', 'x-id=PutObject'];
    const link = readLink(writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/a', more }));
    const sends = { 'content-type': 'text/plain', 'x-amz-website-redirect-location': '/b' };
    assert.deepEqual(sentValuesOf(link, sends), {
      shown: [
        ['x-amz-acl', 'public-read'],
        ['x-amz-website-redirect-location', '/b'],
        ['x-amz-meta-a', '1'],
        ['content-type', 'text/plain'],
      ],
      hidden: [],
    });
  });

  it('are shown in full if they give access, redirect or tag, and otherwise with both ends', () => {
    const whole = {
      'x-amz-grant-read': `id="${'a'.repeat(64)}", uri="http://acs.amazonaws.com/groups/global/AllUsers"`,
      'x-oss-object-acl': 'public-read',
      'x-amz-website-redirect-location': `https://a.example.${'b'.repeat(100)}.example/`,
      'x-amz-tagging': `a=${'b'.repeat(100)}&public=yes`,
    };
    const { shown } = sentValuesOf(url, { 'x-amz-meta-a': `${'b'.repeat(100)}.html`, ...whole });
    assert.deepEqual(shown.slice(0, 4), Object.entries(whole));
    assert.match(shown[4]?.[1] ?? '', /^b{49}…b{45}\.html$/);
  });
});

describe('the question before an upload through a link from others', () => {
  it('does not fit if the required prefixes or the address are too long', () => {
    const conditions = Array.from({ length: 12 }, (_, n) => [
      'starts-with',
      `$x-amz-meta-${n}`,
      'x'.repeat(100),
    ]);
    const names = Array.from({ length: 60 }, (_, n) => [
      'starts-with',
      `$x-amz-meta-more-${n}`,
      'x'.repeat(100),
    ]);
    const planned = (more: readonly unknown[]) => () =>
      planUpload(readLink(JSON.stringify(writtenForm([{ bucket: 'docs' }, ...more]))), {
        now: new Date(0),
        fileName: 'a',
      });
    assert.doesNotThrow(planned(conditions));
    assert.throws(planned([...conditions, ...names]), UnusableLinkError);
    const url = writtenV4({ address: `https://store.example/${'b'.repeat(7500)}/a` });
    for (const text of [
      JSON.stringify({ url, method: 'PUT' }),
      JSON.stringify({ ...writtenForm([{ bucket: 'b'.repeat(7500) }]), url: 'https://files.example/' }),
    ])
      assert.throws(() => planUpload(readLink(text), { now: new Date(0), fileName: 'a' }), UnusableLinkError);
  });

  it('shortens values one by one, and does not fit if the names alone are too long', () => {
    const long = Object.fromEntries([1, 2, 3, 4].map((n) => [`x-amz-meta-${n}`, '\u200b'.repeat(1900)]));
    const cut = sentValuesOf(url, { ...long, 'x-amz-acl': 'public-read' });
    assert.deepEqual(cut.shown[0], ['x-amz-acl', 'public-read']);
    assert.deepEqual(
      cut.shown.slice(1).map(([, value]) => value.length),
      [100, 100, 100, 100],
    );
    assert.equal(fitsPrompt(cut, []), true);
    const many = Object.fromEntries(
      Array.from({ length: 80 }, (_, n) => [`x-amz-meta-${n}`, 'x'.repeat(90)]),
    );
    assert.equal(fitsPrompt(sentValuesOf(url, many), []), false);
    const address = 'https://docs.s3.eu-west-1.amazonaws.com/a';
    const text = JSON.stringify({ url: writtenV4({ address }), method: 'PUT', headers: many });
    assert.throws(() => planUpload(readLink(text), { now: new Date(0), fileName: 'a' }), UnusableLinkError);
  });
});
