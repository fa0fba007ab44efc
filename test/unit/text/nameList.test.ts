import assert from 'node:assert/strict';
import { explain } from '../../../src/core/failures/explain.js';
import { explainLink } from '../../../src/core/links/explain/explainLink.js';
import { parseLink } from '../../../src/core/links/parse/parseLink.js';
import { formatMessage, MessageError, type Message } from '../../../src/core/failures/message.js';
import { nameList } from '../../../src/core/text/nameList.js';
import { planDownload } from '../../../src/core/transfer/link/receivedLink.js';
import { planUpload } from '../../../src/core/transfer/link/receivedUpload.js';
import { parseRefusal } from '../../../src/core/transfer/refusals/parseRefusal.js';
import { readLink } from '../support/parsedLinks.js';
import { writtenV4 } from '../../support/writtenLinks.js';

const many = Array.from({ length: 300 }, (_, index) => `x-amz-meta-name-${index}`);
const address = 'https://docs.s3.amazonaws.com/notes.md';
/** A time when the written links are valid. */
const then = new Date(Date.UTC(2026, 2, 1, 10, 30));
const added = many.map((name) => `${name.replace('x-amz-meta', 'added')}=`);

describe('nameList', () => {
  it('shows a few names in full', () => {
    assert.equal(nameList([]), '');
    assert.equal(nameList(['a']), 'a');
    assert.equal(nameList(['a', 'b', 'c']), 'a, b, c');
  });

  it('counts the remaining names, without words', () => {
    assert.equal(nameList('abcdefgh'.split('')), 'a, b, c, d, e, f, g, h');
    assert.equal(nameList('abcdefghij'.split('')), 'a, b, c, d, e, f, g, h, ... (+2)');
  });

  it('shortens a long name, and never within a character', () => {
    assert.equal(nameList(['a'.repeat(500), 'b']), `${'a'.repeat(117)}..., b`);
    assert.ok(nameList([`${'a'.repeat(116)}${'\u{1f4c4}'.repeat(9)}`]).isWellFormed());
  });
});

function thrown(act: () => unknown): Message {
  try {
    act();
  } catch (error) {
    if (error instanceof MessageError) return error.userMessage;
  }
  return assert.fail('expected a MessageError');
}

function explained(xml: string, url: string): Message {
  const sent = { method: 'GET', url, headers: {} };
  return explain(parseRefusal(403, xml, { use: 'test', sent, headers: {} })).message;
}

const mismatch = '<Error><Code>SignatureDoesNotMatch</Code></Error>';
const form = (fields: Readonly<Record<string, string>>) =>
  JSON.stringify({
    url: 'https://docs.s3.amazonaws.com/',
    fields: {
      key: 'a',
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request',
      'x-amz-date': '20260101T000000Z',
      'x-amz-signature': '0123456789abcdef'.repeat(4),
      policy: Buffer.from('{"expiration":"2026-01-02T00:00:00Z","conditions":[]}').toString('base64'),
      ...fields,
    },
  });

function warningAbout(written: string, pattern: RegExp): Message {
  const { warnings } = explainLink(readLink(written), { now: then, locale: 'en' });
  return warnings.find(({ text }) => pattern.test(text)) ?? assert.fail('no such warning');
}

/** Messages about a link with 300 names. */
const sentences: Readonly<Record<string, () => Message>> = {
  'added parameters, in a refusal': () => explained(mismatch, writtenV4({ address, more: added })),
  'missing headers, in a refusal': () =>
    explained(mismatch, writtenV4({ address, signedHeaders: ['host', ...many].join(';') })),
  'headers that the link does not allow, in a refusal': () =>
    explained(
      `<Error><Code>AccessDenied</Code><HeadersNotSigned>${many.slice(0, 150).join(', ')}</HeadersNotSigned></Error>`,
      writtenV4({ address }),
    ),
  'changed parameters, in a refusal': () =>
    explained(
      `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>GET\n/notes.md\n${many.join('=&amp;')}\nhost:docs.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD</CanonicalRequest></Error>`,
      writtenV4({ address }),
    ),
  'headers with unknown values, for an upload': () =>
    thrown(() =>
      planUpload(
        readLink(
          writtenV4({
            address,
            more: ['x-id=PutObject'],
            signedHeaders: ['host', ...many.map((name) => name.replace('meta-', ''))].join(';'),
          }),
        ),
        { now: then, fileName: 'notes.md' },
      ),
    ),
  'required headers, for a download': () =>
    thrown(() =>
      planDownload(
        readLink(
          writtenV4({ address, more: ['x-id=GetObject'], signedHeaders: ['host', ...many].join(';') }),
        ),
        then,
      ),
    ),
  'invalid headers, in JSON': () => {
    const read = parseLink(
      JSON.stringify({
        url: writtenV4({ address }),
        headers: Object.fromEntries(many.map((name) => [name, '\u0001'])),
      }),
    );
    return 'problem' in read ? read.problem : assert.fail('it was read');
  },
  'added parameters, in an explanation': () =>
    warningAbout(writtenV4({ address, more: added }), /has parameters/),
  'fields that the policy does not allow, in an explanation': () =>
    warningAbout(form(Object.fromEntries(many.map((name) => [name, 'x']))), /has fields that its policy/),
};

describe('a message with the names of a link or a server stays short', () => {
  for (const [what, sentence] of Object.entries(sentences)) {
    it(what, () => {
      const text = formatMessage(sentence());
      assert.match(text, /name-\d+, \.\.\. \(\+\d+\)/);
      assert.ok(text.length < 1000, `${text.length} characters`);
    });
  }
});
