/** The query of a link, read without a URL parser, which would change its path. */
export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1));
}

export function parameterNames(url: string): readonly string[] {
  return [...queryOf(url).keys()].sort();
}

/** The names of the headers that the sender has to add. */
export function signedHeaders(url: string): readonly string[] {
  return (queryOf(url).get('X-Amz-SignedHeaders') ?? '').split(';');
}
