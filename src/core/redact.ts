/** What a name ends in whose value is secret: `clientSecret`, `x-amz-sso_bearer_token` and `AWSAccessKeyId` among them. */
const secretNames =
  'Signature|Credential|Authorization|Token|Secret|Password|Policy|AWSAccessKeyId|Secret[-_]?Access[-_]?Key|' +
  'Customer-Key|StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes|SignatureProvided';

const rules: readonly (readonly [RegExp, string])[] = [
  // A URL with any query: whatever is after the "?" may sign something.
  [/\b(https?:\/\/[^\s"'<>?]*)\?[^\s"'<>]*/gi, '$1?[redacted]'],
  // A user and a password before a host; VS Code writes proxies without a scheme: `PROXY user:password@host:8080`.
  [/(:\/\/)[^\s"'<>/]*@/g, '$1[redacted]@'],
  [/(?<![^\s"'<>(=])[^\s"'<>(=/@:]{0,256}:[^\s"'<>/]{0,256}@(?=[\w[])/g, '[redacted]@'],
  [new RegExp(`<(\\w*(?:${secretNames}))>[\\s\\S]*?</\\1>`, 'gi'), '<$1>[redacted]</$1>'],
  [/\bAWS4-HMAC-SHA256\b[^\n]*/g, '[redacted]'],
  // Quotes may be escaped, as in JSON that holds JSON; the equals sign may be encoded, as in a link within a link.
  [
    new RegExp(
      `((?:${secretNames})(?:\\\\*["'])?\\s*(?:[=:]|%(?:25)*3D)\\s*)(?!\\[redacted\\])` +
        `(?:\\\\*"[^"]*"|'[^']*'|(?:(?:Bearer|Basic|AWS)\\s+)?[^\\s&,;"'<>]+)`,
      'gi',
    ),
    '$1[redacted]',
  ],
  // The identifiers of keys; SHA-256 signatures; and Base64 that begins as the JSON of a policy or as a token of STS.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}([A-Z0-9]{4})\b/g, '[key ...$1]'],
  [/[0-9a-f]{64,}/gi, '[redacted]'],
  [/\b(?:eyJ|eyAi|ewog|ewoJ|ewoi|ew0K|IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[\w+/=.%-]{16,}/g, '[redacted]'],
];

/**
 * The text without whatever signs, proves or unlocks something, as far as its name or its shape tells: queries of URLs,
 * signatures, tokens, secrets, passwords, policies and the parts of S3's refusals that echo them. A secret access key or
 * a password that stands alone looks like any other word and stays. Meant for every text bound for a log or a message.
 */
export function redact(text: string): string {
  return rules.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}

/** Whether anything that may be a secret is in what is to be stored, as in metadata that a person typed. */
export function holdsSecret(value: unknown): boolean {
  const text = JSON.stringify(value);
  return redact(text) !== text;
}
