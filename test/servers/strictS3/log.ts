import type { RequestRecord } from './types.js';

interface Waiter {
  readonly match: (record: RequestRecord) => boolean;
  readonly resolve: (record: RequestRecord) => void;
}

/** Finished requests, and callers that wait for one. */
export class RequestLog {
  private readonly list: RequestRecord[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly seen = new Set<string>();

  get records(): readonly RequestRecord[] {
    return this.list;
  }

  /** The signatures of all links that were used, including those of cleared requests. */
  get linkSignatures(): readonly string[] {
    return [...this.seen];
  }

  clear(): void {
    this.list.length = 0;
  }

  add(record: RequestRecord): void {
    this.list.push(record);
    const signature = /[?&]X-Amz-Signature=([0-9a-f]+)/.exec(record.path)?.[1];
    if (signature !== undefined) this.seen.add(signature);
    for (const waiter of [...this.waiters]) {
      if (waiter.match(record)) waiter.resolve(record);
    }
  }

  waitFor(match: (record: RequestRecord) => boolean, limitMs: number): Promise<RequestRecord> {
    const found = this.list.find(match);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        const seen = this.list.map(({ operation, status }) => `${operation} ${status}`).join(', ');
        reject(new Error(`No matching request within ${limitMs} ms; there were: ${seen || 'none'}`));
      }, limitMs);
      const waiter: Waiter = {
        match,
        resolve: (record) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(record);
        },
      };
      this.waiters.add(waiter);
    });
  }
}
