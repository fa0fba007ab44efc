import assert from 'node:assert/strict';
import { explainUnreadable, parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { parsedForm } from '../../support/parsedLinks.js';
import { writtenForm } from '../../../support/writtenLinks.js';

const expiration = '2026-03-01T11:00:00Z';
const bucket = { bucket: 'docs' };

/** The message about a refused text; empty for an accepted one. */
function refusal(text: string): string {
  const link = parseLink(text);
  return 'problem' in link ? formatMessage(link.problem) : '';
}

function formOf(conditions: readonly unknown[], fields: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify(writtenForm(conditions, fields));
}

/** A form with this text as its policy. */
function formWith(policy: string | Buffer): string {
  const { url, fields } = writtenForm([]);
  return JSON.stringify({ url, fields: { ...fields, policy: Buffer.from(policy).toString('base64') } });
}

/** A form sent to this address. */
function formAt(url: string, conditions: readonly unknown[]): string {
  return JSON.stringify({ ...writtenForm(conditions), url });
}

describe('a form whose policy repeats a name', () => {
  const end = `"expiration":"${expiration}"`;
  const policies: Readonly<Record<string, string>> = {
    'the conditions': `{${end},"conditions":[{"bucket":"docs"}],"conditions":[{"bucket":"docs"},{"key":"b"}]}`,
    'the expiration': `{"expiration":"2026-01-01T00:00:00Z",${end},"conditions":[{"bucket":"docs"}]}`,
    'a name in two cases, which some servers treat as the same': `{${end},"conditions":[],"Conditions":[]}`,
    'a name with an escape': `{${end},"conditions":[],"c\\u006fnditions":[]}`,
    'a field inside a condition': `{${end},"conditions":[{"bucket":"docs","bucket":"docs"}]}`,
  };

  for (const [what, policy] of Object.entries(policies)) {
    it(`${what}: is refused`, () => {
      assert.match(refusal(formWith(policy)), /^The policy of this form repeats a name, so servers/);
    });
  }

  it('the same name in two conditions, or as a value, is accepted', () => {
    const policy = `{${end},"conditions":[{"bucket":"docs"},{"bucket":"docs"},["eq","$acl","expiration"]]}`;
    assert.equal(parsedForm(formWith(policy)).bucket, 'docs');
  });
});

describe('a form whose conditions contradict each other', () => {
  const refused: Readonly<Record<string, readonly unknown[]>> = {
    'two buckets': [bucket, { bucket: 'other' }],
    'two buckets, in two cases': [bucket, ['eq', '$Bucket', 'other']],
    'two keys': [bucket, { key: 'a' }, ['eq', '$key', 'b']],
    'two values of a field': [bucket, { 'x-amz-meta-a': 'a' }, { 'X-Amz-Meta-A': 'b' }],
    'a value without the required prefix': [bucket, ['starts-with', '$key', 'in/'], { key: 'out/a' }],
    'two prefixes': [bucket, ['starts-with', '$key', 'in/'], ['starts-with', '$key', 'out/']],
    'disjoint size ranges': [bucket, ['content-length-range', 1, 5], ['content-length-range', 6, 9]],
  };

  for (const [what, conditions] of Object.entries(refused)) {
    it(`${what}: is refused`, () => {
      assert.match(refusal(formOf(conditions)), /conditions of this form contradict each other/);
    });
  }

  it('conditions that do not contradict each other are accepted', () => {
    const agreeing = [
      bucket,
      ['starts-with', '$key', 'in/'],
      { key: 'in/a.txt' },
      ['starts-with', '$key', ''],
    ];
    assert.equal(parsedForm(formOf(agreeing)).key, 'in/a.txt');
  });
});

describe('a form for another bucket than its address', () => {
  const refused: Readonly<Record<string, string>> = {
    'in a prefix condition': formOf([['starts-with', '$bucket', 'other']]),
    'in a field': formOf([bucket], { bucket: 'other' }),
    'at another store': formAt('https://docs.nyc3.digitaloceanspaces.com/', [{ bucket: 'other' }]),
    'with the bucket in the path of the address': formAt('https://s3.amazonaws.com/docs', [
      ['starts-with', '$bucket', 'other'],
    ]),
  };

  for (const [what, form] of Object.entries(refused)) {
    it(`${what}: is refused`, () => {
      assert.match(refusal(form), /different bucket/);
    });
  }

  it('a prefix of the bucket in the address is accepted', () => {
    assert.equal(parsedForm(formOf([['starts-with', '$bucket', 'do']])).bucket, 'docs');
  });
});

describe('the bucket of a form', () => {
  const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap';
  const rows: readonly (readonly [url: string, policy: string | undefined, shown: readonly unknown[]])[] = [
    ['https://my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/', 'docs', [point, 'docs']],
    ['https://my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/', point, [point, undefined]],
    ['https://upload.corp.example/', 'docs', ['docs', 'docs']],
    ['https://corp.example/', 'docs', ['docs', 'docs']],
    ['https://docs.corp.example/', 'docs', ['docs', undefined]],
    ['https://files.corp.example/', 'files.corp.example', ['files.corp.example', undefined]],
    ['https://files.corp.example/docs', 'docs', ['docs', undefined]],
  ];

  for (const [url, policy, shown] of rows) {
    it(`at ${url}, with ${policy ?? 'none'} in the policy, is ${String(shown[0])}`, () => {
      const form = parsedForm(formAt(url, policy === undefined ? [] : [{ bucket: policy }]));
      assert.deepEqual([form.bucket, form.policyBucket], shown);
    });
  }

  it('is in the path if neither the host nor the policy names it: forms are not sent to a path in a bucket', () => {
    const { bucket: name, alternative } = parsedForm(formAt('https://files.corp.example/docs', []));
    assert.deepEqual([name, alternative], ['docs', undefined]);
  });

  it('is missing at a custom domain if the policy has only a prefix', () => {
    const form = formAt('https://upload.corp.example/', [['starts-with', '$bucket', 'docs']]);
    assert.match(refusal(form), /does not name a bucket/);
  });

  it('is missing at an AWS address without one', () => {
    assert.match(refusal(formAt('https://s3.eu-west-1.amazonaws.com/', [bucket])), /does not name a bucket/);
  });
});

describe('a form whose address contains more than the bucket', () => {
  for (const url of [
    'https://docs.s3.amazonaws.com/?delete',
    'https://docs.s3.amazonaws.com/?append&position=0',
    'https://docs.s3.amazonaws.com/other.txt',
    'https://s3.amazonaws.com/docs/other.txt',
    'https://docs.corp.example/b',
    'https://example.com/s3/docs',
  ]) {
    it(`${url}: is refused`, () => {
      assert.match(
        refusal(formAt(url, [bucket])),
        /address of this form has a path or query after the bucket/,
      );
    });
  }

  for (const url of ['https://docs.s3.amazonaws.com', 'https://s3.amazonaws.com/docs/']) {
    it(`${url} is accepted`, () => {
      assert.equal(parsedForm(formAt(url, [bucket])).bucket, 'docs');
    });
  }

  it('a bucket after the path of the connected store is accepted', () => {
    const text = formAt('https://example.com/s3/docs', [bucket]);
    const [stranger, store] = ['https://example.com', 'https://example.com/s3/'];
    assert.ok('problem' in parseLink(text, { endpoint: stranger }));
    assert.ok(explainUnreadable(text, { endpoint: stranger }) !== undefined);
    const link = parseLink(text, { endpoint: store });
    assert.deepEqual('problem' in link ? link.problem : link.bucket, 'docs');
    assert.equal(explainUnreadable(text, { endpoint: store }), undefined);
  });
});

describe('the expiry of a form', () => {
  const policy = (text: unknown) => formWith(JSON.stringify({ expiration: text, conditions: [bucket] }));

  for (const text of [
    '2026-03-01T11:00:00',
    '2026-03-01',
    '2026',
    'March 1, 2026',
    '+012026-03-01T11:00:00Z',
    5,
  ]) {
    it(`is not read from ${JSON.stringify(text)}, which servers read differently`, () => {
      assert.match(refusal(policy(text)), /expiration/);
    });
  }

  for (const text of [expiration, '2026-03-01T11:00:00.000Z', '2026-03-01T13:00:00+02:00']) {
    it(`is read from ${text}`, () => {
      assert.equal(parsedForm(policy(text)).expiresAt.toISOString(), '2026-03-01T11:00:00.000Z');
    });
  }
});

describe('a policy that decoders read differently', () => {
  const text = JSON.stringify({ expiration, conditions: [bucket] });
  const invalid = Buffer.concat([
    Buffer.from(text.slice(0, -1)),
    Buffer.from([0x20, 0xff]),
    Buffer.from('}'),
  ]);
  const withPolicy = (change: (policy: string) => string) => {
    const { url, fields } = writtenForm([bucket]);
    return JSON.stringify({ url, fields: { ...fields, policy: change(fields.policy) } });
  };
  const name = Buffer.from(text.replace('docs', 'd\u00ffcs'), 'latin1');

  for (const [what, form] of Object.entries({
    'characters that are not Base64': withPolicy((policy) => `${policy.slice(0, 8)}!${policy.slice(8)}`),
    'text after the padding': withPolicy((policy) => `${policy.replace(/=*$/, '==')}ICAg`),
    'bytes that are not UTF-8': formWith(invalid),
    'bytes that are not UTF-8, in a name': formWith(name),
  })) {
    it(`${what}: is refused`, () => {
      assert.match(refusal(form), /policy of this form cannot be read/);
    });
  }

  it('Base64 with line breaks is accepted', () => {
    const lines = withPolicy((policy) => policy.replace(/.{40}/g, '$&\r\n'));
    assert.equal(parsedForm(lines).bucket, 'docs');
  });
});

describe('conditions that S3 does not document', () => {
  const unknown = [{ kind: 'unknown' }];
  const withoutLimit = [{ kind: 'size', minBytes: 0, maxBytes: Number.MAX_SAFE_INTEGER }];
  const rows: readonly (readonly [condition: unknown, read: readonly unknown[]])[] = [
    [null, unknown],
    [5, unknown],
    ['eq', unknown],
    [[], unknown],
    [{}, unknown],
    [[['eq', '$key', 'a']], unknown],
    [['eq', '$acl', 'a', 'b'], unknown],
    [{ acl: null }, unknown],
    [{ acl: ['a'] }, unknown],
    [{ 'x-amz-meta-n': 1e300 }, unknown],
    [
      { 'x-amz-meta-n': 9_007_199_254_740_993n.toString() },
      [{ kind: 'equals', field: 'x-amz-meta-n', value: '9007199254740993' }],
    ],
    [{ success_action_status: 201 }, [{ kind: 'equals', field: 'success_action_status', value: '201' }]],
    [['content-length-range', '', 5], unknown],
    [['content-length-range', '0x1', 5], unknown],
    [['content-length-range', -1, 5], unknown],
    [['content-length-range', 0, 1.5], unknown],
    [['content-length-range', '1', '5'], [{ kind: 'size', minBytes: 1, maxBytes: 5 }]],
    [['content-length-range', 0, Number.MAX_SAFE_INTEGER], withoutLimit],
    [['content-length-range', '0', '9223372036854775807'], withoutLimit],
    [['content-length-range', 0, 2 ** 63], withoutLimit],
    [['content-length-range', 0, 1e20], unknown],
    [['eq', '$x-amz-meta-n', 2 ** 63], unknown],
    [
      { acl: 'private', 'x-amz-meta-a': 'b' },
      [
        { kind: 'equals', field: 'acl', value: 'private' },
        { kind: 'equals', field: 'x-amz-meta-a', value: 'b' },
        { kind: 'unknown' },
      ],
    ],
  ];

  for (const [condition, read] of rows) {
    it(`${JSON.stringify(condition)} is read as ${JSON.stringify(read)}`, () => {
      assert.deepEqual(parsedForm(formOf([bucket, condition])).conditions.slice(1), read);
    });
  }
});

describe('a field that occurs twice', () => {
  const { url, fields } = writtenForm([bucket]);

  it('in a page: is refused', () => {
    const inputs = [...Object.entries(fields), ['key', 'other']].map(
      ([name = '', value = '']) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    const page = (all: readonly string[]) => `<form method="post" action="${url}">${all.join('')}</form>`;
    assert.match(refusal(page(inputs)), /repeats a field/);
    assert.equal(refusal(page(inputs.slice(0, -1))), '');
  });

  it('in JSON: is refused', () => {
    const twice = JSON.stringify({ url, fields }).replace('"key":', '"key":"other","key":');
    assert.match(refusal(twice), /^This JSON repeats a name/);
  });

  it('as another address in JSON: is refused', () => {
    const twice = JSON.stringify({ url, fields }).replace(
      '"url":',
      '"url":"https://a.example/","\\u0075rl":',
    );
    assert.match(refusal(twice), /^This JSON repeats a name/);
  });

  it('names in another case next to the fields are accepted', () => {
    const form = JSON.stringify({ url, fields, URL: url, Fields: {}, more: { a: 1, A: 2 } });
    assert.equal(refusal(form), '');
  });
});
