/** The query of a link, taken apart without a URL parser that would change its path. */
export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1));
}

export function parameterNames(url: string): readonly string[] {
  return [...queryOf(url).keys()].sort();
}

/** The headers that the sender has to send. */
export function signedHeaders(url: string): readonly string[] {
  return (queryOf(url).get('X-Amz-SignedHeaders') ?? '').split(';');
}
