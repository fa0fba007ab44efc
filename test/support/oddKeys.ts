/**
 * The odd keys of the sample data and of the contract. Tests expect exactly these rows, with names in the
 * bodies, and Ceph accepts all of them.
 */
export const sampleOddKeys = {
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
  'the name of a folder': 'dir',
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

/** Keys that S3 accepts and that programs get wrong, by what is odd about them. Each is a different object. */
export const oddKeys = {
  ...sampleOddKeys,
  'leading and trailing space': ' edge ',
  'literal %20': 'a%20b',
  'characters that encodeURIComponent does not encode': "f(1)!*~-_.'",
  'single slash': '/',
  'leading double slash': '//a',
  'carriage return': 'a\rb',
  'line feed': 'a\nb',
  'several control characters': 'a\u0001\u001f\u007fb',
  'right-to-left mark': 'a\u200fb',
  digits: '0012',
  'exponent notation': '1e5',
  'property name': '__proto__',
  'last code points': '\uffff\u{10ffff}\ue000',
  '1024 bytes of two-byte characters': `${'\u00e9'.repeat(511)}ab`,
} as const satisfies Record<string, string>;

/** The keys with dot segments of the sample data and of the contract. */
export const sampleDotSegmentKeys = {
  'dot segment': 'a/./b.txt',
  'dot-dot segment': 'a/../b.txt',
  'leading dot-dot': '../up.txt',
  'trailing dot-dot': 'a/..',
} as const satisfies Record<string, string>;

/** Keys that `fetch`, browsers and curl change before sending, because they look like relative paths. */
export const dotSegmentKeys = {
  ...sampleDotSegmentKeys,
  'leading dot': './a',
  'trailing dot': 'a/.',
  'only a dot': '.',
  'only dot-dot': '..',
  'several dot segments': 'a/./b/../../c.txt',
} as const satisfies Record<string, string>;

/** Keys that S3 cannot hold, by what is wrong with them. */
export const impossibleKeys = {
  empty: '',
  '1025 bytes': `${'\u00e9'.repeat(512)}a`,
  '1025 ASCII bytes': 'k'.repeat(1025),
  NUL: 'a\0b',
  'lone high surrogate': 'a\ud83d',
  'lone low surrogate': '\udcc4a',
} as const satisfies Record<string, string>;
