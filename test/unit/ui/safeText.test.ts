import assert from 'node:assert/strict';
import { joinText, safeText, escapeLinks } from '../../../src/ui/messages/safeText.js';

// The patterns of VS Code: src/vs/base/common/linkedText.ts and iconLabels.ts.
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const hostile: Readonly<Record<string, string>> = {
  'a command': '[Sign in](command:workbench.action.openSettings)',
  'an address': 'see [here](https://example.com/a)',
  'a file': '[a](file:///etc/passwd)',
  'a link with a title': '[a](command:x "title")',
  'a link in brackets': '[[a](command:x)](command:y)',
  'an icon': 'a $(zap) b',
  'a spinning icon': '$(loading~spin)',
  'an escaped icon': '\\$(zap)',
  'a link across a line break': '[a\nb](command:x)',
};

describe('text for the interface', () => {
  for (const [what, text] of Object.entries(hostile)) {
    it(`contains no ${what}, however often it is escaped`, () => {
      const once = safeText(text);
      assert.equal(link.test(once) || icon.test(once), false, once);
      assert.equal(safeText(once), once);
    });
  }

  for (const parts of [
    ['[a]', '(command:x)'],
    ['[a](comm', 'and:x)'],
    ['[a](command', ':x)'],
    ['$', '(zap)'],
  ])
    it(`keeps ${parts.join(' and ')} apart, with nothing between them`, () => {
      const text = escapeLinks(parts.map(safeText).join(''));
      assert.equal(link.test(text) || icon.test(text), false, text);
    });

  it('shows control characters and direction marks', () => {
    assert.equal(safeText('a\nb\u202ec'), 'a\\u{a}b\\u{202e}c');
  });

  for (const plain of [
    'a.txt',
    'a (1).txt',
    'f(1)[2].txt',
    'a[1](2).txt',
    '[draft](final).txt',
    'US$ 5',
    '$HOME',
    "$(x;y)'",
    'grüße \u{1f4c4}',
    '',
  ]) {
    it(`leaves "${plain}" unchanged`, () => {
      assert.equal(safeText(plain), plain);
    });
  }

  it('looks the same where it could be a link', () => {
    assert.equal(safeText('[a](command:x)').replace('\u2060', ''), '[a](command:x)');
  });
});

describe('long text for the interface', () => {
  it("keeps an object's address whole, whatever its key", () => {
    for (const character of ['\x7f', '\u200b', 'a']) {
      const key = `in/${character.repeat(1000 / Buffer.byteLength(character))}/b/${character.repeat(6)}.txt`;
      assert.equal(safeText(`s3://${'a'.repeat(63)}/${key}`).includes('…'), false);
    }
  });

  it('keeps its beginning and its end', () => {
    const cut = safeText(`in/${'a'.repeat(100_000)}/the-end.txt`);
    assert.match(cut, /^in\/.+…/);
    assert.equal(cut.endsWith('/the-end.txt'), true);
    assert.equal(cut.length, 7000);
  });

  for (const [what, text] of [
    ['letters', 'a'.repeat(100_000)],
    ['controls', '\u202e'.repeat(100_000)],
    ['characters of two UTF-16 units', '\u{1f4c4}'.repeat(100_000)],
  ] as const) {
    it(`is cut when ${what} would fill the screen`, () => {
      const cut = safeText(text);
      assert.equal(cut.length <= 7000 && cut.includes('…') && cut.isWellFormed(), true);
      const lines = joinText(
        Array.from({ length: 1000 }, () => cut),
        '\n',
      );
      assert.equal(lines.length <= 30_000, true);
    });
  }
});
