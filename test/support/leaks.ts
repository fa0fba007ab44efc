export interface Secret {
  /** How a failing test names the secret without revealing it. */
  readonly what: string;
  readonly text: string;
}

/** What no log, stored state or message may contain; of any link, its parameters in any spelling. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a signature of a link': /X-Amz-Signature"?(?:=|%3D|\s*:\s*")(?!\[redacted)/i,
  'a session token of a link': /X-Amz-Security-Token"?(?:=|%3D|\s*:\s*")(?!\[redacted)/i,
  'a signed header': /AWS4-HMAC-SHA256\s+Credential/i,
};

/** The secrets and signed links that a text contains, described without repeating them. */
export function findLeaks(text: string, secrets: readonly Secret[]): readonly string[] {
  const found = secrets.filter((secret) =>
    spellings(secret.text).some((spelling) => text.includes(spelling)),
  );
  const matching = Object.entries(patterns).filter(([, pattern]) => pattern.test(text));
  return [...new Set([...found.map(({ what }) => what), ...matching.map(([what]) => what)])];
}

/** A secret as it is, as in a URL, and as in JSON. */
function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** The signatures, tokens and policies of links and forms in texts that were handed out. */
export function secretsIn(texts: readonly string[]): readonly string[] {
  const names = 'X-Amz-Signature|X-Amz-Security-Token|policy';
  // As in a query, in a URL within a URL, in JSON and in a field of an HTML form.
  const pattern = new RegExp(`(?:${names})(?:=|%3D|"\\s*:\\s*"|"\\s+value=")([\\w%+/=-]{16,})`, 'gi');
  return texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(({ 1: value }) => value ?? []));
}
