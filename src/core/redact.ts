const secretFields =
  'X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|Signature|AWSAccessKeyId|SecretAccessKey|SessionToken|' +
  'SecurityToken|Token|Policy|aws_secret_access_key|aws_session_token|Authorization|StringToSign|StringToSignBytes|' +
  'CanonicalRequest|CanonicalRequestBytes|SignatureProvided|Secret|Password';

const rules: readonly (readonly [RegExp, string])[] = [
  // A URL with any query: whatever is after the "?" may sign something.
  [/\b(https?:\/\/[^\s"'<>?]*)\?[^\s"'<>]*/gi, '$1?[redacted]'],
  [/\b(https?:\/\/)[^\s"'<>/@]*@/gi, '$1[redacted]@'],
  [new RegExp(`<(${secretFields})>[\\s\\S]*?</\\1>`, 'gi'), '<$1>[redacted]</$1>'],
  [/\bAWS4-HMAC-SHA256\b[^\n]*/g, '[redacted]'],
  // Quotes may be escaped, as in JSON that holds JSON.
  [
    new RegExp(
      `(\\b(?:${secretFields})(?:\\\\*["'])?\\s*[=:]\\s*)(?!\\[redacted\\])` +
        `(?:\\\\*"[^"]*"|'[^']*'|(?:(?:Bearer|Basic)\\s+)?[^\\s&,;"'<>]+)`,
      'gi',
    ),
    '$1[redacted]',
  ],
  // Keys of long-term and temporary credentials, and runs that are shaped like a SHA-256 signature or a secret key.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}([A-Z0-9]{4})\b/g, '[key ...$1]'],
  [/[0-9a-f]{64,}/gi, '[redacted]'],
];

/**
 * The text without whatever signs, proves or unlocks something: queries of URLs, signatures, tokens, secrets, policies
 * and the parts of S3's refusals that echo them. Meant for every text bound for a log or a message.
 */
export function redact(text: string): string {
  return rules.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}
