import assert from 'node:assert/strict';
import { explainUnreadable, parseLink, parseLinkIn } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { growth, isLinear, minOfEach } from '../../support/processorTime.js';
import { parsedForm, parsedUrl } from '../../support/parsedLinks.js';
import { fakeSignature, writtenForm, writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const aws = 'https://docs.s3.eu-west-1.amazonaws.com/a/b';

describe('parseLink: forms from other tools', () => {
  const conditions = [
    { bucket: 'docs' },
    ['starts-with', '$key', 'in/'],
    ['content-length-range', 1, 2048],
    ['eq', '$Content-Type', 'a/b'],
    ['near', '$x', 'y'],
    ['content-length-range', 'few', 'many'],
  ];
  const expected = [
    { kind: 'equals', field: 'bucket', value: 'docs' },
    { kind: 'startsWith', field: 'key', value: 'in/' },
    { kind: 'size', minBytes: 1, maxBytes: 2048 },
    { kind: 'equals', field: 'Content-Type', value: 'a/b' },
    { kind: 'unknown' },
    { kind: 'unknown' },
  ];

  it("boto3's JSON", () => {
    const read = parsedForm(JSON.stringify(writtenForm(conditions)));
    assert.deepEqual(read.conditions, expected);
    assert.deepEqual([read.region, read.expiresSeconds, read.signer.lastFour], ['eu-west-1', 3600, '5678']);
  });

  it('an HTML page, with its character references', () => {
    const { url: action, fields } = writtenForm(conditions, { key: `it's "a<b>&c"` });
    const inputs = Object.entries(fields).map(
      ([name, value]) =>
        `<input type="hidden" name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll("'", '&#39;')}">`,
    );
    const page = `<!doctype html><html><body><form action='${action}' METHOD=post enctype="multipart/form-data">${inputs.join('\n')}<input type="file" name="file"><input type=submit></form></body></html>`;
    const read = parsedForm(page);
    assert.deepEqual(read.conditions, expected);
    assert.equal(read.key, `it's "a<b>&c"`);
    assert.ok(!('file' in read.fields) && Object.keys(read.fields).length === Object.keys(fields).length);
  });

  it('JSON of a URL with its method and headers', () => {
    const text = JSON.stringify({
      method: 'PUT',
      url: writtenV4({ address: aws, signedHeaders: 'content-type;host' }),
      headers: { 'Content-Type': 'text/plain' },
      fields: {},
    });
    const read = parsedUrl(text);
    assert.deepEqual([read.methods, read.headers], [['PUT'], { 'content-type': 'text/plain' }]);
  });
});

describe('parseLink: the output of programs', () => {
  const conditions = [{ bucket: 'docs' }, { key: 'a' }];
  const url = writtenV4({ address: aws, signedHeaders: 'host;x-amz-meta-a' });

  it('JSON with lists of header values, in the names of Go', () => {
    const text = { URL: url, Method: 'PUT', SignedHeader: { Host: ['a.example'], 'X-Amz-Meta-A': ['b'] } };
    const read = parsedUrl(JSON.stringify(text));
    assert.deepEqual([read.methods, read.headers], [['PUT'], { host: 'a.example', 'x-amz-meta-a': 'b' }]);
  });

  it('JSON with numbers in fields, and empty headers', () => {
    const form = writtenForm(conditions);
    const fields = { ...form.fields, success_action_status: 201, 'x-ignore-a': null };
    const read = parsedForm(JSON.stringify({ ...form, fields, headers: [] }));
    assert.equal(read.fields.success_action_status, '201');
  });

  it('a page with a form in a comment, buttons, and other attributes', () => {
    const { url: action, fields } = writtenForm(conditions);
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input data-a=" value='x'" my_value="x" name="${name}" value="${value}">`,
    );
    const buttons = ['button', 'reset', 'image'].map((type) => `<input type=${type} name=${type} value=x>`);
    const commented =
      '<!-- <form method="post" action="https://a.example/"><input name="key" value="x"></form> -->';
    const page = `${commented}<form method="post" action="${action}">${[...inputs, ...buttons].join('')}</form>`;
    assert.deepEqual(parsedForm(page), parsedForm(JSON.stringify({ url: action, fields })));
  });
});

describe('parseLink: pages that browsers read', () => {
  const { url: action, fields } = writtenForm([{ bucket: 'docs' }, { key: 'a' }], {
    'x-amz-meta-a': 'b <!-- c --> <!-- d',
  });
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  const form = `<form method="post" action="${action}">${inputs.join('')}`;
  const odd: Readonly<Record<string, string>> = {
    'comment marks in values': form,
    'comment marks in a script': `<script>var open = "<!--";</script>${form}`,
    'an empty comment': `<!-->${form}`,
    'another empty comment': `<!--->${form}`,
    'a comment that ends with --!>': `<!-- a --!>${form}`,
    'a field with two names': `${form}<input name="x-ignore-a" value="1" name="acl" value="public-read">`,
    'a disabled field': `${form}<input name="acl" value="public-read" disabled>`,
    'unchecked boxes': `${form}<input type="checkbox" name="acl" value="a"><input type=radio name=acl value=b>`,
    'a checked box': `${form}<input type="checkbox" name="x-ignore-a" value="1" checked>`,
    'fields without a name': `${form}<input type=text name><input name="" value="a">`,
    'comment marks in text': `<title><!--</title><textarea><!-- </textarea><style><!--</style>${form}`,
    'a form in a template': `<template><form method="post" action="https://a.example/"></form></template>${form}`,
  };
  for (const [what, page] of Object.entries(odd)) {
    it(what, () => {
      const { 'x-ignore-a': added, ...read } = parsedForm(page).fields;
      assert.deepEqual(read, fields);
      assert.equal(added, page.includes('x-ignore-a') ? '1' : undefined);
    });
  }

  it('a checked box without a value', () => {
    const page = `${form}<input type=radio name="x-ignore-a" checked>`;
    assert.equal(parsedForm(page).fields['x-ignore-a'], 'on');
  });

  it('the values of a form as returned by the AWS SDK for Go', () => {
    assert.deepEqual(parsedForm(JSON.stringify({ URL: action, Values: fields })).fields, fields);
  });
});

describe('parseLink: version 2 in the source of a program', () => {
  const link = writtenV2(aws);
  for (const [what, and] of [
    ['HTML', '&amp;'],
    ['JSON', '\\u0026'],
  ] as const) {
    it(what, () => {
      assert.ok(parsedUrl(link.replaceAll('&', and)).url === link);
    });
  }
});

describe('parseLink: a form at an access point', () => {
  it('is recognized by the host', () => {
    const url = 'https://my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/';
    const form = { ...writtenForm([{ bucket: 'docs' }]), url };
    assert.equal(parsedForm(JSON.stringify(form)).addressing, 'accessPoint');
    assert.equal(parsedForm(JSON.stringify(writtenForm([]))).addressing, 'virtual');
    const pathStyle = { ...form, url: 'http://127.0.0.1:9000/docs' };
    assert.equal(parsedForm(JSON.stringify(pathStyle)).addressing, 'path');
  });
});

describe('parseLink: the surrounding text', () => {
  const link = writtenV4({ address: aws });
  for (const text of [` ${link}\n`, `"${link}"`, `<${link}>`, `'${link}',`, link.replaceAll('&', '&amp;')]) {
    it(`does not matter: ${text.slice(0, 9)}...${text.slice(-1)}`, () => {
      assert.ok(parsedUrl(text).url === link);
    });
  }

  const refused: Readonly<Record<string, RegExp>> = {
    '': /not a presigned URL/,
    'hunter2 is my password': /not a presigned URL/,
    'https://docs.s3.amazonaws.com/a': /is not presigned/,
    [link.slice(0, -80)]: /is incomplete/,
    [writtenV4({ address: aws, expires: '' })]: /is incomplete/,
    [writtenV4({ address: aws, stamp: '20261399T000000Z' })]: /is incomplete/,
    [writtenV4({ address: 'https://s3.eu-west-1.amazonaws.com/' })]: /does not name a bucket/,
    [writtenV4({ address: 'https://docs.s3.amazonaws.com/100%' })]: /path of this link is damaged/,
    'https://a.example/x?X-Goog-Signature=1': /Google Cloud Storage/,
    'https://d.cloudfront.net/x?Expires=1&Signature=2&Key-Pair-Id=3': /CloudFront/,
    'https://a.blob.core.windows.net/c/x?sv=1&se=2&sig=3': /Azure Storage/,
    '{"a":1}': /has no "url"/,
    '{"url":"https://docs.s3.amazonaws.com/","fields":{"key":"a"}}': /form has no S3 signature/,
    [JSON.stringify({ url: link, headers: { 'x-a': 'b\r\nc: d' } })]: /cannot be sent \(x-a\)/,
    [JSON.stringify({ url: link, headers: { 'x a': 'b' } })]: /header with an invalid name/,
    [JSON.stringify({ url: link, headers: { 'Transfer-Encoding': 'chunked' } })]:
      /cannot be sent \(transfer-encoding\)/,
    [JSON.stringify({ url: link, headers: { 'x-a': ['b', 'c'] } })]:
      /These values in the JSON are not text: x-a/,
    '<html><form action="https://a/" method="get"></form></html>': /does not contain an S3 upload form/,
    [JSON.stringify({ ...writtenForm([]), fields: { ...writtenForm([]).fields, policy: 'AAAA' } })]:
      /policy of this form/,
  };
  for (const [text, reason] of Object.entries(refused)) {
    it(`is refused with the reason: ${String(reason)}`, () => {
      const link = parseLink(text);
      assert.ok('problem' in link);
      const said = formatMessage(link.problem);
      assert.match(said, reason);
      assert.match(said, /\.$/);
      assert.ok(!said.includes('hunter2') && !said.includes(fakeSignature));
    });
  }
});

describe('parseLink: a link alone, with unescaped marks in its key', () => {
  // The AWS SDK for .NET does not escape these.
  for (const key of ["it's(1).pdf", 'a)b.pdf', "a'(b", "'a'", '!*)', 'a),(b']) {
    it(`is separated correctly from the key ${key}`, () => {
      const odd = writtenV4({ address: `https://docs.s3.amazonaws.com/${key}` });
      for (const text of [odd, `${odd}\n`, odd.replaceAll('&', '\\u0026')]) {
        const read = parsedUrl(text);
        assert.equal(read.key, key);
        assert.ok(read.url === odd);
      }
    });
  }
});

describe('explainUnreadable', () => {
  const link = writtenV4({ address: aws });
  const form = writtenForm([{ bucket: 'docs' }]);
  const withUser = aws.replace('//', '//x@');
  const page = Object.entries(form.fields).map(([name, value]) => `<input name="${name}" value="${value}">`);

  const refused: Readonly<Record<string, RegExp>> = {
    [writtenV4({ address: withUser })]: /has a user name before its host/,
    [writtenV2(withUser)]: /has a user name before its host/,
    [JSON.stringify({ url: writtenV4({ address: 'https://a.example\\.s3.amazonaws.com/k' }) })]:
      /host or port/,
    [JSON.stringify({ ...form, url: withUser })]: /has a user name before its host/,
    [`<form method="post" action="${withUser}">${page.join('')}</form>`]: /has a user name before its host/,
    [link.replace(/&X-Amz-Signature=.*/, '')]: /is incomplete/,
    [JSON.stringify({ url: link }).slice(0, -2)]: /has no "url"/,
    'https://a.example/x?X-Goog-Signature=1': /Google Cloud Storage/,
    'https://d.cloudfront.net/x?Expires=1&Signature=2&Key-Pair-Id=3': /CloudFront/,
    'https://a.blob.core.windows.net/c/x?sv=1&se=2&sig=3': /Azure Storage/,
  };
  for (const [index, [text, reason]] of Object.entries(refused).entries()) {
    it(`states the reason for a signed link or form, ${index + 1}: ${String(reason)}`, () => {
      const said = explainUnreadable(text);
      assert.ok(said !== undefined);
      assert.match(formatMessage(said), reason);
    });
  }

  const others: Readonly<Record<string, string>> = {
    nothing: '',
    words: 'hunter2 is my password',
    'an address': 'https://docs.s3.amazonaws.com/a',
    'an address with a password': 'https://me:hunter2@git.example/a.git',
    JSON: '{"a":1}',
    'a page': '<form method="post" action="https://me@a.example/"><input name="password"></form>',
    'code that creates links': "query.get('X-Amz-Signature')",
    'a link within other text': `curl '${link}' and ${writtenV4({ address: withUser })}`,
    'a valid link': link,
    'a valid form': JSON.stringify(form),
  };
  for (const [what, text] of Object.entries(others)) {
    it(`returns nothing for ${what}`, () => {
      assert.equal(explainUnreadable(text), undefined);
    });
  }
});

describe('parseLink: text designed to be slow to read', () => {
  const form = '<form method="post" action="https://a/">';
  const texts: Readonly<Record<string, string>> = {
    'parentheses after an address': `see https://${')'.repeat(65_000)}a`,
    'incomplete form tags': `<x>${'<form'.repeat(40_000)}`,
    'unclosed tags': `<x>${'<a b="'.repeat(30_000)}`,
    'unclosed comments': `<x>${'<!-'.repeat(30_000)}${'<!-- --'.repeat(10_000)}`,
    'unclosed scripts': `<x>${'<script>'.repeat(20_000)}`,
    'unclosed elements': `${'<b>'.repeat(40_000)}${'</i>'.repeat(20_000)}`,
    'unclosed fields': form + '<input '.repeat(30_000),
    'a name without a value': `${form}<input ${'a'.repeat(190_000)}>`,
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`is refused in a time proportional to its length: ${what}`, () => {
      const reading = (length: number) => () => parseLinkIn(text.slice(0, length));
      const times = minOfEach(reading(text.length / growth), reading(text.length), isLinear);
      assert.ok(isLinear(times), `${times.short} ms, then ${times.long} ms`);
      assert.ok('problem' in parseLinkIn(text));
    });
  }
});
