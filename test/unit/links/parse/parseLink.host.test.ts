import assert from 'node:assert/strict';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

/** Parses a link with this authority from JSON, where any character can appear. */
function readAt(authority: string) {
  return parseLink(JSON.stringify({ url: writtenV4({ address: `https://${authority}/docs/a` }) }));
}

describe('parseLink: the host as shown', () => {
  const rows: Readonly<Record<string, string>> = {
    'EXAMPLE.com:443': 'example.com',
    'example.com:9000': 'example.com:9000',
    'пример.рф': 'xn--e1afmkfd.xn--p1ai',
    'docs.s3.\u0430mazonaws.com': 'docs.s3.xn--mazonaws-06g.com',
    'ex\u00e4mple\u3002de:8443': 'xn--exmple-cua.de:8443',
    'xn--exmple-cua.de': 'xn--exmple-cua.de',
    'ama\u00adzonaws.com': 'amazonaws.com',
    '0x7f.1': '127.0.0.1',
    '2130706433:9000': '127.0.0.1:9000',
    '127.1': '127.0.0.1',
    '[0:0::1]:9000': '[::1]:9000',
  };
  for (const [written, host] of Object.entries(rows)) {
    it(`${JSON.stringify(written)} is ${host}`, () => {
      const link = readAt(written);
      assert.ok(!('problem' in link));
      assert.deepEqual([link.host, new URL(link.url).host], [host, host]);
    });
  }
});

describe('parseLink: an ambiguous host', () => {
  const rows: readonly (readonly [authorities: readonly string[], reason: RegExp])[] = [
    [['user@s3.amazonaws.com', '@s3.amazonaws.com', 'a@b@s3.amazonaws.com', 'x@a:443\\@b'], /user name/],
    [['a.example\\.s3.amazonaws.com', 'a.example\\b', 'a%2eb.example', 'a.example%5cb'], /not valid/],
    [['a\t.example', 'a\n.example', 'a\0.example', 'a .example', 'a\u3000b.example'], /not valid/],
    [['', 'a.example:x', 'a.example:0', 'a.example:65536', 'a.example:80:80'], /not valid/],
    [['[::1', '::1', '[::1]x', '[127.0.0.1]', '[fe80::1%25eth0]', '256.1.1.1'], /not valid/],
    [['a!b.example', 'a..example', '*.example', 'xn--zzzzzz.example', 'a\u202eb.example'], /not valid/],
    [[`${'a'.repeat(64)}.example`, `${'a.'.repeat(130)}example`], /not valid/],
  ];
  for (const [authorities, reason] of rows) {
    for (const authority of authorities) {
      it(`${JSON.stringify(authority.slice(0, 70))} is refused`, () => {
        const { fields } = writtenForm([{ bucket: 'docs' }]);
        const url = `https://${authority}/`;
        const input = Object.entries(fields).map(
          ([name, value]) => `<input name="${name}" value="${value}">`,
        );
        const page = `<form method="post" action="${url}">${input.join('')}</form>`;
        for (const link of [readAt(authority), parseLink(JSON.stringify({ url, fields })), parseLink(page)]) {
          assert.ok('problem' in link);
          assert.match(formatMessage(link.problem), reason);
        }
      });
    }
  }
});
