import assert from 'node:assert/strict';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { planUpload } from '../../../../src/core/transfer/link/receivedUpload.js';
import { parsedForm, parsedUrl } from '../../support/parsedLinks.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const address = 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt';

/** The message about a refused text. */
function refusal(text: string): string {
  const link = parseLink(text);
  assert.ok('problem' in link);
  return formatMessage(link.problem);
}

function formOf(conditions: readonly unknown[], fields: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify(writtenForm([{ bucket: 'docs' }, ...conditions], fields));
}

const hostile: readonly string[] = [
  'x-amz-meta-owner. [Sign in](command:workbench.action.quit)',
  'x-amz-meta-a b',
  'x-amz-meta-a\nb',
  'x-amz-meta-a"b',
  'x-amz-meta-$(error)',
  'x-amz-meta-<a>',
  'x-amz-meta-\u00e9',
  'x-amz-meta-\u202ea',
  'x-amz-meta-a:',
];

describe('parseLink: invalid names', () => {
  for (const name of hostile) {
    it(`${JSON.stringify(name)} is refused and not repeated`, () => {
      const url = writtenV4({ address });
      const { fields } = writtenForm([]);
      const [header, field] = [/^This link has a header with an invalid name/, /^This form has a field with/];
      for (const [text, reason] of [
        [writtenV4({ address, signedHeaders: `host;${name}` }), header],
        [JSON.stringify({ method: 'PUT', url, headers: { [name]: 'a' } }), header],
        [formOf([['starts-with', `$${name}`, '']]), field],
        [formOf([{ [name]: 'a' }]), field],
        [formOf([['starts-with', '', '']]), field],
        [formOf([], { ...fields, [name]: 'a' }), field],
      ] as const) {
        assert.match(refusal(text), reason);
        assert.ok(!refusal(text).includes(name));
      }
    });
  }

  it('names that AWS and Signpost write are accepted', () => {
    const names = [
      ...[
        'Content-Type',
        'Cache-Control',
        'success_action_status',
        'success_action_redirect',
        'tagging',
        'acl',
      ],
      ...[
        'x-amz-checksum-sha256',
        'x-amz-storage-class',
        'x-ignore-this',
        'x-amz-meta-a.b_c',
        "x-amz-meta-it's",
      ],
    ];
    const fields = Object.fromEntries(names.map((name) => [name, 'a']));
    const form = parsedForm(formOf([{ 'x-amz-meta-!#$%&*+^`|~': 'b' }], fields));
    assert.deepEqual(Object.keys(form.fields).slice(1, names.length + 1), names);
    const signedHeaders = "host;x-amz-meta-it's.a_b";
    const url = writtenV4({ address, signedHeaders });
    assert.deepEqual(parsedUrl(JSON.stringify({ url })).signedHeaders, ["x-amz-meta-it's.a_b"]);
  });

  it('a form with a field in two cases is refused: one key would be shown and another one used', () => {
    assert.match(refusal(formOf([], { Key: 'other' })), /repeats a field/);
  });
});

describe('parseLink: an impossible key', () => {
  const keyOf = (bytes: number) => 'é'.repeat(bytes / 2);

  it('of more than 1024 bytes is refused', () => {
    for (const at of ['https://docs.s3.amazonaws.com', 'https://s3.amazonaws.com/docs']) {
      assert.equal(parsedUrl(writtenV4({ address: `${at}/${keyOf(1024)}` })).key, keyOf(1024));
      const long = writtenV4({ address: `${at}/${keyOf(1026)}` });
      assert.equal(
        refusal(JSON.stringify({ url: long })),
        'The key in this link is 1026 bytes long; S3 allows 1024.',
      );
    }
    assert.match(refusal(formOf([], { key: keyOf(1026) })), /1026 bytes.*; S3 allows 1024/);
  });

  it('may have as many before the file name is added', () => {
    const key = `${keyOf(1024)}\${filename}`;
    const form = parsedForm(formOf([], { key }));
    assert.equal(form.key, key);
    const now = new Date(Date.UTC(2026, 2, 1, 10, 30));
    assert.throws(() => planUpload(form, { now, fileName: 'a' }), /key is 1025 bytes long; S3 allows 1024/);
  });
});
