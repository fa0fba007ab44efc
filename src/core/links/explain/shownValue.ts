import { isSecretName } from '../parse/secretNames.js';

/**
 * What may be told of a value that a link or a form gives a name: not a token or the key of a customer (SSE-C), which
 * unlock something, nor the query of an address or of a source to copy from, which may unlock something else.
 */
export function shownValue(name: string, value: string): string {
  if (isSecretName(name)) return '...';
  const unlocks =
    /^https?:/i.test(value) ||
    /[?&](?:x-amz-)?(?:signature|credential|security-token|s3session-token)=/i.test(value);
  return unlocks ? value.replace(/\?.*$/s, '?...') : value;
}
