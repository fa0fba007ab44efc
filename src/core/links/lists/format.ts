import type { Link } from '../sign.js';

/** What a list is about. */
export interface ListAbout {
  readonly bucket: string;
  /** What all keys begin with: empty, or ends in a slash. Names in a list are what follows it. */
  readonly base: string;
}

/** A way to write many links. It is written piece by piece, so that a list of any length takes no memory. */
export interface ListFormat {
  /** How menus name it. */
  readonly label: string;
  /** One line beside the label. */
  readonly detail: string;
  /** Of a file, without the dot. */
  readonly extension: string;
  readonly begin: (about: ListAbout) => string;
  readonly item: (link: Link, place: ItemPlace) => string;
  readonly end: () => string;
}

interface ItemPlace {
  readonly about: ListAbout;
  /** From 0. */
  readonly index: number;
}

/** The key as a list names it; a key that is nothing but the base keeps its last segment. */
export function relativeName(key: string, { base }: ListAbout): string {
  return key === base ? key.slice(key.slice(0, -1).lastIndexOf('/') + 1) : key.slice(base.length);
}
