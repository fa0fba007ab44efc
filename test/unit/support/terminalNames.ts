/** Every control character except the line break and NUL; no key holds NUL. */
const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code))
  .filter((character) => /\p{Cc}/u.test(character) && !'\0\n'.includes(character))
  .join('');

/** Names that would act on a terminal, or on a shell in it, if they were pasted unescaped. */
export const terminalNames: readonly string[] = [
  'report\u0003\ntouch PWNED\n.pdf',
  '\u0003\rtouch PWNED\r',
  'a\u001b[201~\u0003\ntouch PWNED\n.x',
  'a\u001b[201~\r touch PWNED\r.x',
  "a'\r touch PWNED\r'",
  'a\u0015touch PWNED\rb',
  'a\u0003\u0004\u0004b',
  'a\u001a\rtouch PWNED\r.x',
  `b'\b\b\u007f\u007f; touch PWNED; '`,
  'a\u0016\u0003\ntouch PWNED\n.x',
  'a\u0012touch\u0007\r.x',
  'a\u0085touch PWNED\u0085.x',
  'a\u009b201~\u0003\ntouch PWNED\n.x',
  'a\u2028touch PWNED\u2029.x',
  'a\u202e; touch PWNED #\u202c.x',
  `x${controls}y`,
  "it's \"double\" and 'single' \u0001",
  '$(touch PWNED) `touch PWNED` ${HOME} \u0001',
  '!history !! !$ \u0001',
  '%s %% %n \\n \\0 \\c \\\\ \u0001',
  '-v PWNED \u0001',
  'two\nlines',
  'a tab\there',
  "it's",
  "'; touch PWNED; '",
  '$(touch PWNED) `touch PWNED`',
  '!history !! it\'s !$ "!x"',
  '~ # * \\',
  '\u{1f4c4} \u00e4',
];
