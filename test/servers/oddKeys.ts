/**
 * Keys that S3 accepts and that programs get wrong, by what is odd about them. Each is a different object.
 */
export const oddKeys = {
  space: 'with space.txt',
  plus: 'a+b.txt',
  percent: '100%.txt',
  'literal %2F': 'a%2Fb.txt',
  'URL punctuation': 'a&b#c?d;e=f:g,h@i$j.txt',
  brackets: 'a|b<c>d{e}f^g[h]i.txt',
  quotes: `it's "quoted" \`so\`.txt`,
  'RFC 3986 sub-delimiters': "a!b(c)d~e*f'g.txt",
  backslash: 'a\\b.txt',
  NFC: 'caf\u00e9.txt',
  NFD: 'cafe\u0301.txt',
  emoji: '\u{1f600}/\u{1f468}\u200d\u{1f469}\u200d\u{1f467}.txt',
  'leading slash': '/lead',
  'double slash': 'a//b',
  'only slashes': '//',
  'trailing slash': 'dir/',
  'beside a folder': 'dir',
  'carriage return and line feed': 'cr\r\nlf.txt',
  tab: 'tab\there.txt',
  'control character': 'bell\u0007.txt',
  'bidi override': 'exe\u202egpj.txt',
  'bidi isolate': 'a\u2066b\u2069c.txt',
  'trailing space': 'trailing space ',
  'leading hyphen': '-rf',
  'leading at sign': '@file',
  '1024 bytes': `long/${'x'.repeat(1015)}.txt`,
} as const satisfies Record<string, string>;

/** Keys that `fetch`, browsers and curl change before sending, because they look like relative paths. */
export const dotKeys = {
  'dot segment': 'a/./b.txt',
  'dot-dot segment': 'a/../b.txt',
  'leading dot-dot': '../up.txt',
  'trailing dot-dot': 'a/..',
} as const satisfies Record<string, string>;
