import { MessageError } from '../failures/message.js';

/** A list that the store keeps continuing without ever reaching its end. */
export class EndlessListError extends MessageError {
  override readonly name = 'EndlessListError';
  constructor() {
    super({
      text: 'The store never reports the end of this list, so some entries may be missing. Try again.',
    });
  }
}

/** Follows the tokens of a list page by page, and detects when that leads nowhere. */
export class PaginationGuard {
  readonly #tokens = new Set<string>();
  #emptyPages = 0;

  constructor(
    /** The maximum number of pages, and of consecutive pages that add nothing. */
    private readonly limits: { readonly pages: number; readonly emptyPages: number },
  ) {}

  /** Whether the next page can lead to the end, after a page that added this many entries. */
  canContinue(token: string, addedEntries: number): boolean {
    const isKnown = this.#tokens.has(token);
    this.#tokens.add(token);
    this.#emptyPages = addedEntries === 0 ? this.#emptyPages + 1 : 0;
    return !isKnown && this.#tokens.size < this.limits.pages && this.#emptyPages < this.limits.emptyPages;
  }
}
