/**
 * What may be told of a value that a link or a form gives a name: not the key of a customer (SSE-C), which unlocks the
 * object, nor the query of an address or of a source to copy from, which may unlock something else.
 */
export function shownValue(name: string, value: string): string {
  if (/customer-key$/i.test(name)) return '...';
  const unlocks =
    /^https?:/i.test(value) || /[?&](?:x-amz-)?(?:signature|credential|security-token)=/i.test(value);
  return unlocks ? value.replace(/\?.*$/s, '?...') : value;
}
