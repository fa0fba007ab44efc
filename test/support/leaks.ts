export interface Secret {
  /** How a failing test names it without telling it. */
  readonly what: string;
  readonly text: string;
}

/** What no log, no stored state and no message may hold; of anybody's link, its parameters in any spelling. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a signature of a link': /X-Amz-Signature"?(?:=|%3D|\s*:\s*")(?!\[redacted)/i,
  'a session token of a link': /X-Amz-Security-Token"?(?:=|%3D|\s*:\s*")(?!\[redacted)/i,
  'a signed header': /AWS4-HMAC-SHA256\s+Credential/i,
};

/** What a text holds of secrets and of anybody's links, in words that repeat none of it. */
export function findLeaks(text: string, secrets: readonly Secret[]): readonly string[] {
  const found = secrets.filter((secret) =>
    spellings(secret.text).some((spelling) => text.includes(spelling)),
  );
  const matching = Object.entries(patterns).filter(([, pattern]) => pattern.test(text));
  return [...new Set([...found.map(({ what }) => what), ...matching.map(([what]) => what)])];
}

/** A secret as it is, as a URL writes it, and as JSON does. */
function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** What signs the links and forms in texts that were handed out: signatures, tokens and policies. */
export function secretsIn(texts: readonly string[]): readonly string[] {
  const names = 'X-Amz-Signature|X-Amz-Security-Token|policy';
  // As a query has it, as a URL within a URL, as JSON and as a field of an HTML form.
  const pattern = new RegExp(`(?:${names})(?:=|%3D|"\\s*:\\s*"|"\\s+value=")([\\w%+/=-]{16,})`, 'gi');
  return texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(({ 1: value }) => value ?? []));
}
