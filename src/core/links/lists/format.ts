import type { Link } from '../sign.js';

/** What a list is about. */
export interface ListContext {
  readonly bucket: string;
  /** The prefix of all keys: empty, or ends in a slash. Names in a list are what follows it. */
  readonly base: string;
}

/** A way to write many links, piece by piece, so that a list of any length takes little memory. */
export interface ListFormat {
  /** How menus name it. */
  readonly label: string;
  /** One line beside the label. */
  readonly detail: string;
  /** Of the file, without the dot. */
  readonly extension: string;
  readonly begin: (about: ListContext) => string;
  readonly item: (link: Link, place: ItemPlace) => string;
  readonly end: () => string;
}

interface ItemPlace {
  readonly about: ListContext;
  /** From 0. */
  readonly index: number;
}

/** The name of a key in a list; a key that equals the base keeps its last segment. */
export function relativeName(key: string, { base }: ListContext): string {
  return key === base ? key.slice(key.slice(0, -1).lastIndexOf('/') + 1) : key.slice(base.length);
}
