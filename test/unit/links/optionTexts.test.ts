import assert from 'node:assert/strict';
import {
  formatFormType,
  formatMetadata,
  formatSizeRange,
  parseFormType,
  parseMetadata,
  parseSizeRange,
} from '../../../src/core/links/optionTexts.js';

const kb = 1024;
const mb = 1024 * kb;

const ranges: readonly (readonly [
  text: string,
  minBytes: number | undefined,
  maxBytes: number | undefined,
])[] = [
  ['', undefined, undefined],
  ['10 MB', undefined, 10 * mb],
  ['0', undefined, 0],
  ['1 KB - 10 MB', kb, 10 * mb],
  ['1kb-10mb', kb, 10 * mb],
  ['1 KB -', kb, undefined],
  ['1.5 KB', undefined, 1536],
  ['100 - 200 B', 100, 200],
  ['2 GB', undefined, 2 * 1024 * mb],
];
const notRanges = ['many', '10 TB', '- 5', '1-2-3', '1 KB to 2 KB', '-1'];

describe('a range of sizes as text', () => {
  for (const [text, minBytes, maxBytes] of ranges) {
    it(`"${text}" is read, written and read again`, () => {
      const parsed = parseSizeRange(text);
      assert.ok('range' in parsed);
      assert.equal(parsed.range.minBytes, minBytes);
      assert.equal(parsed.range.maxBytes, maxBytes);
      assert.deepEqual(parseSizeRange(formatSizeRange(parsed.range)), parsed);
    });
  }
  for (const text of notRanges) {
    it(`"${text}" is refused with examples`, () => {
      const parsed = parseSizeRange(text);
      assert.ok('problem' in parsed);
      assert.match(parsed.problem.text, /10 MB/);
    });
  }
});

describe('metadata as text', () => {
  it('is read, written and read again', () => {
    const parsed = parseMetadata(' author = me ; team=a=b;');
    assert.deepEqual(parsed, { metadata: { author: 'me', team: 'a=b' } });
    assert.equal(formatMetadata({ author: 'me', team: 'a=b' }), 'author=me; team=a=b');
    assert.deepEqual(parseMetadata('author=me; team=a=b'), parsed);
  });

  for (const value of ['a; b=c', ';', '"quoted"', '"', 'say "a; b"', '""', 'a" ; "b', 'C:\\']) {
    it(`keeps the value ${value} next to others`, () => {
      const metadata = { first: value, second: value, third: 'plain' };
      assert.deepEqual(parseMetadata(formatMetadata(metadata)), { metadata });
    });
  }

  it('treats a quotation mark in the middle, or an unclosed one, literally', () => {
    assert.deepEqual(parseMetadata('a=it is "b"; c="d'), { metadata: { a: 'it is "b"', c: '"d' } });
  });

  it('may be empty', () => {
    assert.deepEqual(parseMetadata(' '), { metadata: undefined });
  });

  for (const text of ['author', '=me', 'author=', 'a=1; A=2']) {
    it(`"${text}" is refused`, () => {
      assert.ok('problem' in parseMetadata(text));
    });
  }
});

describe('the content type of a form as text', () => {
  it('is not a condition if it matches any type', () => {
    assert.deepEqual(parseFormType(' * '), {});
  });

  for (const [text, type] of [
    ['', {}],
    ['image/png', { contentType: 'image/png', typeIsPrefix: false }],
    ['image/*', { contentType: 'image/', typeIsPrefix: true }],
  ] as const) {
    it(`"${text}" is read and written`, () => {
      assert.deepEqual(parseFormType(text), type);
      assert.equal(formatFormType(parseFormType(text)), text);
    });
  }
});
