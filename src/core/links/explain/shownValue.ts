/**
 * What may be told of a value that a link or a form gives a name: not the key of a customer (SSE-C), which unlocks the
 * object, nor the query of an address, which may unlock something else.
 */
export function shownValue(name: string, value: string): string {
  if (/customer-key$/i.test(name)) return '...';
  return /^https?:/i.test(value) ? value.replace(/\?.*$/s, '?...') : value;
}
