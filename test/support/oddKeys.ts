/** Keys that S3 can hold and that programs get wrong, each with what is odd about it. */
export const oddKeys: readonly (readonly [what: string, key: string])[] = [
  ['a space', 'my report.txt'],
  ['spaces at both ends', ' edge '],
  ['a plus', '1+1=2.txt'],
  ['a percent sign', '100%.txt'],
  ['a literal %2F', 'a%2Fb%20c'],
  ['what a URL reserves', 'a&b#c?d=e;f:g@h,i$j'],
  ['what RFC 3986 forbids', 'a|b<c>d{e}f^g[h]i\\j`k'],
  ['quotes', `it's "so"`],
  ['what encodeURIComponent leaves', "f(1)!*~-_.'"],
  ['a precomposed letter', 'caf\u00e9'],
  ['a decomposed letter', 'cafe\u0301'],
  ['emoji', '\u{1f4c4}/\u{1f468}\u200d\u{1f469}\u200d\u{1f467}.txt'],
  ['a slash first', '/leading'],
  ['two slashes', 'a//b'],
  ['two slashes first', '//a'],
  ['a slash last', 'folder/'],
  ['nothing but a slash', '/'],
  ['a carriage return', 'a\rb'],
  ['a line feed', 'a\nb'],
  ['a tab', 'a\tb'],
  ['other controls', 'a\u0001\u001f\u007fb'],
  ['marks of direction', 'a\u202egpj.exe\u2066b\u200f'],
  ['digits alone', '0012'],
  ['a number with an exponent', '1e5'],
  ['the name of a property', '__proto__'],
  ['the last code points', '\uffff\u{10ffff}\ue000'],
  ['1024 bytes', `${'\u00e9'.repeat(511)}ab`],
];

/** Keys with segments that most programs collapse. */
export const dotSegmentKeys: readonly string[] = [
  'a/../b',
  './a',
  '../a',
  'a/.',
  'a/..',
  '..',
  '.',
  'a/./b/../../c.txt',
];

/** Keys that S3 cannot hold. */
export const impossibleKeys: readonly (readonly [what: string, key: string])[] = [
  ['empty', ''],
  ['1025 bytes', `${'\u00e9'.repeat(512)}a`],
  ['1025 ASCII bytes', 'k'.repeat(1025)],
  ['a NUL', 'a\0b'],
  ['a lone high surrogate', 'a\ud83d'],
  ['a lone low surrogate', '\udcc4a'],
];
