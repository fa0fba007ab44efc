import assert from 'node:assert/strict';
import { findLinkAt, findLinks, looksPresigned } from '../../../../src/core/links/parse/findLink.js';
import { parseLinkIn } from '../../../../src/core/links/parse/parseLink.js';
import { writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const link = writtenV4({ address: 'https://docs.s3.amazonaws.com/a(1).txt' });
const escapedV2 = writtenV2('https://docs.s3.amazonaws.com/a').replaceAll('&', '\\u0026');
const escaped = link.replaceAll('&', '\\u0026');

const apostrophe = writtenV4({ address: "https://docs.s3.amazonaws.com/it's(1)'%20.txt" });

const parenthesis = writtenV4({ address: 'https://docs.s3.amazonaws.com/1)%20a.txt' });

const lines: Readonly<Record<string, readonly [line: string, found: string]>> = {
  'alone on a line': [link, link],
  'in quotes in source code': [`const url = "${link}";`, link],
  'in a Markdown link': [`See [the file](${link}), please.`, link],
  'in angle brackets': [`<${link}>`, link],
  'at the end of a sentence': [`It is at ${link}.`, link],
  'in a command': [`curl --fail '${link}' -o a`, link],
  'in JSON with escapes': [`{"url":"${escaped}"}`, escaped],
  'before an escaped line break in a string': [`"${link}\\n"`, link],
  'of version 2 in JSON with escapes': [`{"url":"${escapedV2}"}`, escapedV2],
  'with apostrophes, between words': [`See ${apostrophe} there.`, apostrophe],
  'with apostrophes, in quotes': [`const url = "${apostrophe}";`, apostrophe],
  'before the closing apostrophe': [`curl '${link}'-o a`, link],
  'in apostrophes, next to other quoted text': [`['${link}'x'https://a/']`, link],
  'with an unmatched parenthesis': [`See ${parenthesis} there.`, parenthesis],
  'with an unmatched parenthesis, in quotes': [`const url = "${parenthesis}";`, parenthesis],
  'in parentheses with other text': [`(see ${link})and more`, link],
  'as the text and the target of a Markdown link': [`[${link}](${link})`, link],
  'in Markdown, before another link': [`[one](${escapedV2})[two](https://a/)`, escapedV2],
  'of version 2': [
    writtenV2('https://docs.s3.amazonaws.com/a'),
    writtenV2('https://docs.s3.amazonaws.com/a'),
  ],
};

describe('findLinkAt', () => {
  for (const [what, [line, expected]] of Object.entries(lines)) {
    it(`finds a link ${what}`, () => {
      const start = line.indexOf(expected);
      for (const column of [start, start + 40, start + expected.length]) {
        const found = findLinkAt(line, column);
        assert.ok(found?.text === expected && found.start === start && looksPresigned(found.text));
      }
      assert.equal(start > 0 && findLinkAt(line, start - 1) !== undefined, false);
      assert.ok(findLinks(line)[0]?.text === expected);
    });
  }

  it('finds the link at the column if a line has two', () => {
    const other = link.replace('docs', 'more');
    const line = `${link} ${other}`;
    assert.ok(findLinkAt(line, link.length + 20)?.text === other);
    assert.equal(findLinks(line).length, 2);
  });

  it('does not treat a URL without a signature as presigned', () => {
    assert.equal(looksPresigned('https://docs.s3.amazonaws.com/a?prefix=x-amz-signature'), false);
    assert.deepEqual(findLinks('https://example.com/?a=b'), []);
  });

  it('reads only the surroundings, however long the line is', () => {
    const filler = 'https://example.com/x '.repeat(100_000);
    assert.ok(findLinkAt(`${filler}${link} ${filler}`, filler.length + 10)?.text === link);
    // A scan of the whole line would find where this URL begins.
    const endless = `https://example.com/${'x'.repeat(100_000)}`;
    assert.equal(findLinkAt(endless, 50_000), undefined);
    assert.ok(findLinkAt(endless, 10) !== undefined);
  });
});

describe('parseLinkIn', () => {
  it('finds the link in a command', () => {
    const found = parseLinkIn(`curl --fail --output a '${link}'`);
    assert.ok(!('problem' in found) && found.bucket === 'docs');
  });

  it('reads one out of escaped JSON', () => {
    const found = parseLinkIn(`"${escaped}",`);
    assert.ok(!('problem' in found) && found.key === 'a(1).txt');
  });

  it('says what is wrong if there is none', () => {
    assert.ok('problem' in parseLinkIn('nothing here'));
    assert.ok('problem' in parseLinkIn('see https://docs.s3.amazonaws.com/a?x=1 there'));
  });
});
