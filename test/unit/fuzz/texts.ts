import { writtenForm, writtenV2, writtenV4 } from '../../support/writtenLinks.js';
import type { Random } from '../../support/random.js';

const link = writtenV4({
  address: 'https://docs.s3.eu-west-1.amazonaws.com/in/a%20b.txt',
  token: 'TOKEN',
  signedHeaders: 'content-type;host;x-amz-meta-owner',
  more: ['x-id=PutObject', 'response-content-disposition=attachment%3B%20filename%3D%22a.txt%22'],
});
const form = writtenForm([
  { bucket: 'docs' },
  ['starts-with', '$key', 'in/'],
  ['eq', '$Content-Type', 'text/plain'],
  ['content-length-range', 0, 1024],
  { 'x-amz-meta-owner': 'me' },
]);
const inputs = Object.entries(form.fields).map(
  ([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('=', '&#61;')}">`,
);
const refusal = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match &quot;a&quot;</Message>
<AWSAccessKeyId>AKIAEXAMPLE000001234</AWSAccessKeyId><CanonicalRequest>PUT
/in/a%20b.txt
X-Amz-Algorithm=AWS4-HMAC-SHA256
host:docs.s3.eu-west-1.amazonaws.com
x-amz-meta-owner:me

host;x-amz-meta-owner
UNSIGNED-PAYLOAD</CanonicalRequest><HeadersNotSigned>x-amz-acl, content-md5</HeadersNotSigned>
<Expires>2026-03-01T11:00:00Z</Expires><RequestId>ABC</RequestId></Error>`;

/** A valid text of each kind that a stranger may write. */
export const validTexts: readonly string[] = [
  link,
  writtenV2('http://127.0.0.1:9000/docs/a.txt'),
  `curl -X PUT -T 'notes.md' -H 'content-type: text/plain' \\\n  '${link}'`,
  JSON.stringify(form),
  JSON.stringify({ url: link, method: 'PUT', headers: { 'content-type': 'text/plain' } }),
  `<!doctype html><form action="${form.url}" method="post" enctype='multipart/form-data'>${inputs.join('\n')}</form>`,
  refusal,
  refusal.slice(refusal.indexOf('PUT\n'), refusal.indexOf('</Canonical')),
  `attachment; filename="a \\"b\\".txt"; filename*=UTF-8''a%20%e2%82%ac.txt`,
  `; comment\n[default]\nregion = eu-west-1\n[profile "my profile"]\nsso_session = corp\ns3 =\n  addressing_style = path\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n`,
  's3://docs/in/2026/a+b.txt',
  'arn:aws:s3:eu-west-1:123456789012:accesspoint/mine/object/in/a.txt',
  'https://eu-west-1.console.aws.amazon.com/s3/buckets/docs?region=eu-west-1&prefix=in/&tab=objects',
  'in%2Fcaf%C3%A9+menu/%F0%9F%93%84.txt',
  '1h 30m',
  'until 2026-03-01 11:00',
  'owner=me, team=docs',
  '1 KB - 10 MB',
  'docs--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com',
  '20260301T100000Z',
];

/** Texts with a special meaning somewhere, or that are easily mistaken for another. */
const tokens: readonly string[] = [
  ...['__proto__', 'constructor', 'toString', '[native code]', 'undefined', 'null', '-1', '1e400', '0x10'],
  ...['\0', '\u0003', '\u001b[31m', '\u007f', '\u0085', '\r\n', '\t', '\u2028', '\u202e', '\u200b', '\ufeff'],
  ...[
    '\ud83d',
    '\udcc4',
    '\u{1f4c4}',
    'e\u0301',
    '%',
    '%00',
    '%ff',
    '%F0%9F',
    '%2F',
    '&#0;',
    '&#x110000;',
    '&amp;',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\u0026',
    '<',
    '>',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '](',
    '$(',
    '${',
    '@',
    ':',
    '//',
    '..',
    ';',
  ],
  ...[
    '=',
    '&',
    '?',
    '#',
    ',',
    '*',
    '~',
    'x-amz-',
    'X-Amz-Signature=',
    'filename*=',
    '<form',
    '</form>',
    'https://',
    's3://',
  ],
];

/** A valid text with a few changes that no regular program would make. */
export function mutated(random: Random): string {
  let text = random.pick(validTexts);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(text.length + 1);
    const to = Math.min(text.length, at + random.below(24));
    const [before, part, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
    const changes = [
      before + after,
      before + random.pick(tokens) + after,
      before + random.pick(tokens) + part + after,
      before + part.repeat(1 + random.below(40)) + after,
      before + part.split('').reverse().join('') + after,
      before + random.pick(validTexts).slice(random.below(200)),
    ];
    text = random.pick(changes);
  }
  return text;
}

const beginnings: readonly string[] = [...tokens, ...validTexts.map((text) => text.slice(0, 60))];
/** Most readers read on after these. */
const usual: readonly string[] = ['', 's3://a', 'https://a/', '{"url":"', '<form>', 'a; filename='];

/** Text that patterns look for. */
const pieces: readonly string[] = [
  ...[
    'a',
    ' ',
    '\n',
    '0',
    '/',
    '.',
    '-',
    '_',
    's3.',
    '<a>',
    '<Token>',
    'http://',
    'a=b;',
    '"a',
    "'a",
    'a:',
    'a@',
    '%41',
  ],
  ...tokens,
];

/** Makes a text of a given length out of repetitions: how the time grows reveals a slow reader. */
type Pumped = (length: number) => string;

function pump(before: string, repeated: string, after: string): Pumped {
  return (length) => before + repeated.repeat(Math.ceil(length / repeated.length)) + after;
}

/** Every piece after every usual beginning, then random pairs. */
export function pumpedTexts(random: Random, count: number): readonly Pumped[] {
  const plain = usual.flatMap((before) =>
    pieces.flatMap((piece) => ['', 'a'].map((after) => pump(before, piece, after))),
  );
  const mixed = Array.from({ length: count }, () =>
    pump(random.pick(beginnings), random.pick(pieces) + random.pick(pieces), random.pick(pieces)),
  );
  return [...plain, ...mixed];
}
