import type { ConnectionSource } from '../../core/connection/profiles/source.js';
import { localTime } from '../../core/text/format.js';
import type { Link, LinkRequest } from '../../core/links/sign.js';
import { linkOptions } from '../../core/links/target.js';
import { holdsSecret } from '../../core/failures/redact.js';
import type { SigningApp } from '../app.js';
import type { RecentLink } from '../memory.js';
import { remembersLinks } from '../settings.js';

const maxRecentLinks = 100;

export interface CreatedLink {
  readonly request: LinkRequest;
  readonly link: Link;
  /** The source that signed it. */
  readonly source: ConnectionSource;
  /** How far S3's clock was ahead of this machine's at signing. */
  readonly clockOffsetMs: number;
}

/**
 * Called by everything that hands out links. Remembers what is needed to make them again, without URL,
 * signature and token.
 */
export async function rememberLinks(
  { memory }: Pick<SigningApp, 'memory'>,
  made: readonly CreatedLink[],
): Promise<void> {
  if (!remembersLinks()) return;
  // A key, metadata or the page after an upload is free text, and may contain one of the user's secrets.
  const links = made.map(toRemember).filter(({ key, options }) => !holdsSecret({ key, options }));
  await memory.changeRecentLinks((others) => latestLinks(links.toReversed(), others));
}

/** Puts the links that are not yet in the list first. */
function latestLinks(made: readonly RecentLink[], others: readonly RecentLink[]): readonly RecentLink[] {
  const known = new Set(others.map((link) => JSON.stringify(link)));
  const missing = made.slice(0, maxRecentLinks).filter((link) => !known.has(JSON.stringify(link)));
  return [...missing, ...others].slice(0, maxRecentLinks);
}

function toRemember({ request, link, source, clockOffsetMs }: CreatedLink): RecentLink {
  const { expiresAt, limit, validSeconds } = link;
  const endsAtMs = localTime(expiresAt, clockOffsetMs).getTime();
  return {
    kind: request.kind,
    bucket: request.bucket,
    key: request.key,
    // Nothing else in a request may be stored.
    options: linkOptions(request),
    expiresInSeconds: request.expiresInSeconds,
    source,
    madeAtMs: endsAtMs - validSeconds * 1000,
    endsAtMs,
    limit,
  };
}
