import { hasDotSegment } from '../../../core/text/dotSegments.js';
import type { Link } from '../../../core/links/sign.js';

/** Links of a longer list are not remembered. */
export const rememberedLinks = 10;

/** What is known about the links of a list after signing. */
export interface Tally {
  readonly count: number;
  /** When the first of them expires, and why. */
  readonly expiresAt: Date;
  readonly validSeconds: number;
  readonly limit: Link['limit'];
  /** How many have a key whose path most programs change. */
  readonly dotted: number;
  /** All of them if there are few, see {@link rememberedLinks}; otherwise the first ones. */
  readonly links: readonly Link[];
}

export const noLinks: Tally = {
  count: 0,
  expiresAt: new Date(8.64e15),
  validSeconds: 0,
  limit: 'none',
  dotted: 0,
  links: [],
};

export function addLinks(tally: Tally, links: readonly Link[]): Tally {
  const [first] = links;
  const { expiresAt, validSeconds, limit } =
    first !== undefined && first.expiresAt < tally.expiresAt ? first : tally;
  return {
    count: tally.count + links.length,
    expiresAt,
    validSeconds,
    limit,
    dotted: tally.dotted + links.filter(({ key }) => hasDotSegment(key)).length,
    links:
      tally.links.length > rememberedLinks
        ? tally.links
        : [...tally.links, ...links].slice(0, rememberedLinks + 1),
  };
}
