import type { RetryListener, RetryNotice } from '../../core/async/retry.js';
import { retryMessage } from '../messages/showMessage.js';
import { nodeId, type ContainerNode, type Node, type ProblemNode } from '../rows/nodes.js';

/** A running listing. */
interface Listing {
  readonly rows: Promise<Node[]>;
  /** The latest retry; VS Code has received a row about it. */
  notice: RetryNotice | undefined;
}

/**
 * Shows in a row that a listing is being retried. VS Code draws nothing for a row while it waits for its
 * children, so it gets this row as the answer and is asked to look again when there is more to see.
 */
export class RetryRows {
  readonly #listings = new Map<string, Listing>();
  readonly #outcomes = new Map<string, Node[]>();
  readonly #nextPages = new Map<string, { notice: RetryNotice | undefined }>();

  constructor(private readonly changed: (container: ContainerNode | undefined) => void) {}

  /**
   * The rows of a container, or the row that says that the listing is being retried. `list` never rejects.
   */
  rows(
    container: ContainerNode | undefined,
    list: (onRetry: RetryListener) => Promise<Node[]>,
  ): Promise<Node[]> {
    const id = idOf(container);
    const outcome = this.#outcomes.get(id);
    this.#outcomes.delete(id);
    if (outcome !== undefined) return Promise.resolve(outcome);
    const listing = this.#listings.get(id);
    if (listing === undefined) return this.#begin(container, list);
    return listing.notice === undefined
      ? listing.rows
      : Promise.resolve([waitingRow(container, listing.notice)]);
  }

  /** Loads another page of a container. Its last row shows any retry. */
  async nextPage<Page>(
    container: ContainerNode,
    load: (onRetry: RetryListener) => Promise<Page>,
  ): Promise<Page> {
    const id = idOf(container);
    const page: { notice: RetryNotice | undefined } = { notice: undefined };
    const isCurrent = () => this.#nextPages.get(id) === page;
    this.#nextPages.set(id, page);
    try {
      return await load((notice) => {
        page.notice = notice;
        if (isCurrent()) this.changed(container);
      });
    } finally {
      if (isCurrent()) this.#nextPages.delete(id);
    }
  }

  /** The last row of a container whose next page is being retried. */
  lastRow(container: ContainerNode): ProblemNode | undefined {
    const notice = this.#nextPages.get(idOf(container))?.notice;
    return notice === undefined ? undefined : waitingRow(container, notice);
  }

  /** Whether VS Code waits for the rows of a container and has not received a retry row. */
  isAwaited(container: ContainerNode): boolean {
    const listing = this.#listings.get(idOf(container));
    return listing !== undefined && listing.notice === undefined;
  }

  /** Forgets running listings: their rows are not needed any more. */
  clear(): void {
    this.#listings.clear();
    this.#outcomes.clear();
    this.#nextPages.clear();
  }

  #begin(
    container: ContainerNode | undefined,
    list: (onRetry: RetryListener) => Promise<Node[]>,
  ): Promise<Node[]> {
    const id = idOf(container);
    const early = Promise.withResolvers<Node[]>();
    const listing: Listing = { rows: early.promise, notice: undefined };
    this.#listings.set(id, listing);
    const onRetry = (notice: RetryNotice) => {
      if (this.#listings.get(id) !== listing) return;
      const isFirst = listing.notice === undefined;
      listing.notice = notice;
      if (isFirst) early.resolve([waitingRow(container, notice)]);
      else this.changed(container);
    };
    void list(onRetry).then((rows) => {
      const isCurrent = this.#listings.get(id) === listing;
      if (isCurrent) this.#listings.delete(id);
      if (listing.notice === undefined) {
        early.resolve(rows);
        return;
      }
      if (isCurrent) this.#outcomes.set(id, rows);
      this.changed(container);
    });
    return early.promise;
  }
}

function idOf(container: ContainerNode | undefined): string {
  return container === undefined ? '' : nodeId(container);
}

function waitingRow(container: ContainerNode | undefined, notice: RetryNotice): ProblemNode {
  return { kind: 'problem', container, message: retryMessage(notice), remedy: 'retry', isWaiting: true };
}
