import type { Link, LinkRequest } from '../../../src/core/links/sign.js';
import type { ServerUse } from '../../support/server.js';

/** An unsigned upload link, for servers that are not S3. */
export function unsignedPut(endpoint: string, headers: Readonly<Record<string, string>> = {}) {
  return { method: 'PUT', url: `${endpoint}/docs/a`, headers };
}

/** A link that uploads to `a` in the bucket `docs`, valid for a minute. */
export function signedPut(use: ServerUse, more: Partial<LinkRequest> = {}): Promise<Link> {
  return use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60, ...more });
}

/** The same link, pointing to another endpoint. */
export function movedTo(link: Link, endpoint: string): Link {
  return { ...link, url: link.url.replace(/^https?:\/\/[^/]+/, endpoint) };
}

/** What signs an upload by form to the bucket `docs`. */
export function postOf(key: string, more: Partial<LinkRequest> = {}): LinkRequest {
  return { kind: 'post', bucket: 'docs', key, expiresInSeconds: 60, ...more };
}
