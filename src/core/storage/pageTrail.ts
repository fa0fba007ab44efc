import { MessageError } from '../failures/message.js';

/** A list of which the store says that it goes on, although it never comes to an end. */
export class EndlessListError extends MessageError {
  override readonly name = 'EndlessListError';
  constructor() {
    super({
      text: 'The store never reports the end of this list, so some entries may be missing. Try again.',
    });
  }
}

/** Follows the tokens of a list page by page, and says when that leads nowhere. */
export class PageTrail {
  readonly #tokens = new Set<string>();
  #emptyPages = 0;

  constructor(
    /** How many pages there may be, and how many one after the other that add nothing. */
    private readonly limits: { readonly pages: number; readonly emptyPages: number },
  ) {}

  /** Whether the page after one that added so many entries can lead to the end. */
  mayFollow(token: string, addedEntries: number): boolean {
    const isKnown = this.#tokens.has(token);
    this.#tokens.add(token);
    this.#emptyPages = addedEntries === 0 ? this.#emptyPages + 1 : 0;
    return !isKnown && this.#tokens.size < this.limits.pages && this.#emptyPages < this.limits.emptyPages;
  }
}
