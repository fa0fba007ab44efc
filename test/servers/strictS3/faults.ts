import type { Fault, FaultAnswer, FaultRequest } from './types.js';

/** Holds the active fault and the requests that hang on it. */
export class FaultSwitch {
  private fault: Fault | undefined;
  private readonly waiting = new Set<() => void>();

  set(fault: Fault | undefined): void {
    this.fault = fault;
    this.release();
  }

  decide(request: FaultRequest): FaultAnswer | undefined {
    return this.fault?.(request);
  }

  /** Resolves when the fault is next set, or at `onClose`. */
  hang(onClose: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const release = (): void => {
        this.waiting.delete(release);
        resolve();
      };
      this.waiting.add(release);
      onClose(release);
    });
  }

  release(): void {
    for (const release of [...this.waiting]) release();
  }
}
