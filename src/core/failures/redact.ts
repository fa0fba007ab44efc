/**
 * Endings of names whose values are secret, such as `clientSecret`, `x-amz-sso_bearer_token` and `AWSAccessKeyId`. They
 * include the secret names of links, except for cookies.
 */
const secretEndings =
  'Signature|Credential|Authorization|Token|Secret|Password|Policy|AWSAccessKeyId|Secret[-_]?Access[-_]?Key|' +
  '(?:Customer|Encryption)-Key(?:-MD5|-SHA256)?|StringToSign|StringToSignBytes|' +
  'CanonicalRequest|CanonicalRequestBytes|SignatureProvided';

/**
 * Each rule takes time proportional to the length of the text, however hostile: none scans the same characters again
 * from the next place where it could begin.
 */
const rules: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/[^\s"'<>]+/g, withoutQuery],
  [/(:\/\/)[^\s"'<>/]*@/g, '$1[redacted]@'],
  [/[^\s"'<>]+/g, withoutPasswords],
  // The end of the element may be missing, as in truncated text.
  [new RegExp(`<(\\w*(?:${secretEndings}))>[^<]*(?:<!\\[CDATA\\[[^<]*)*`, 'gi'), '<$1>[redacted]'],
  [/\bAWS4-HMAC-SHA256\b[^\n]*/g, '[redacted]'],
  // Quotes may be escaped, as in JSON within JSON; the equals sign may be encoded, as in a link within a link.
  [
    new RegExp(
      `((?:${secretEndings})(?:\\\\*["'])?\\s*(?:[=:]|%(?:25)*3D)\\s*)(?!\\[redacted\\])` +
        `(?:\\[[^\\]]*(?:\\]|$)|\\\\*"[^"]*(?:"|$)|'[^']*(?:'|$)|(?:(?:Bearer|Basic|AWS)\\s+)?[^\\s&,;"'<>]+)`,
      'gi',
    ),
    '$1[redacted]',
  ],
  // A cookie may have several values, some in quotes. Only a line break ends it.
  [/\b(Cookie(?:\\*["'])?\s*:\s*)[^\n]*/gi, '$1[redacted]'],
  // Key IDs; SHA-256 signatures; and Base64 that begins like the JSON of a policy or like an STS token.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}([A-Z0-9]{4})\b/g, '[key ...$1]'],
  [/[0-9a-f]{64,}/gi, '[redacted]'],
  [/\b(?:eyJ|eyAi|ewog|ewoJ|ewoi|ew0K|IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[\w+/=.%-]{16,}/g, '[redacted]'],
];

/**
 * The text without anything that signs, proves or unlocks something, as far as its name or format reveals it: queries
 * of URLs, signatures, tokens, secrets, passwords, policies and the parts of S3's refusals that echo them. A secret
 * access key or a password on its own looks like any other word and stays. Use it for all text that goes to a log or a
 * message.
 */
export function redact(text: string): string {
  return rules.reduce(
    (cleaned, [pattern, replacement]) =>
      typeof replacement === 'string'
        ? cleaned.replace(pattern, replacement)
        : cleaned.replace(pattern, replacement),
    text,
  );
}

/** How many characters of a text are read if only its start is shown. */
const readLength = 2048;

/**
 * The start of a text from a server or a program, redacted, for a log or a message, which show less of it anyway. A
 * text of more than 2048 characters is cut at a character that no secret contains: half a secret may look like any
 * other word.
 */
export function redactStart(text: string): string {
  if (text.length <= readLength) return redact(text);
  const start = /^[^]*[\s"'<>]/.exec(text.slice(0, readLength))?.[0] ?? '';
  return `${redact(start)}...`;
}

/** A URL with any query: everything after the "?" may be part of a signature. */
function withoutQuery(word: string): string {
  const start = word.search(/\bhttps?:\/\//i);
  const query = start < 0 ? -1 : word.indexOf('?', start);
  return query < 0 ? word : `${word.slice(0, query)}?[redacted]`;
}

/** Whether a value to be stored may contain a secret, for example in metadata that the user typed. */
export function holdsSecret(value: unknown): boolean {
  const text = JSON.stringify(value);
  return redact(text) !== text;
}

/** A user name and password before a host; VS Code writes proxies without a scheme: `PROXY user:password@host:8080`. */
function withoutPasswords(word: string): string {
  return word
    .split('/')
    .map((part, index) => {
      const host = /^.*@(?=[\w[])/.exec(part)?.[0].length ?? 0;
      const start = (index === 0 ? /(?:^|[(=])[^(=@:]*:/ : /[(=][^(=@:]*:/).exec(part.slice(0, host));
      if (start === null) return part;
      const user = start.index + (/^[(=]/.test(start[0]) ? 1 : 0);
      return `${part.slice(0, user)}[redacted]@${part.slice(host)}`;
    })
    .join('/');
}
