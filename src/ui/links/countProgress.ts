import { env } from 'vscode';
import { orAborted } from '../../core/async/orAborted.js';
import { shown, type Shown } from '../messages/shown.js';
import { withProgress } from '../progress.js';

interface CountProgress {
  readonly title: Shown;
  /** Aborted by Cancel. */
  readonly abort: AbortController;
}

/** How often to show the count; each update is a message to the window. */
const showEveryMs = 200;

/**
 * Runs work under a progress message that shows a count and a Cancel button.
 * @throws what the work throws; an AbortError as soon as it is cancelled
 */
export function withCountProgress<Result>(
  { title, abort }: CountProgress,
  work: (onCount: (count: number) => void) => Promise<Result>,
): Thenable<Result> {
  return withProgress({
    title,
    abort,
    work: (report, signal) => {
      const format = new Intl.NumberFormat(env.language);
      let shownAtMs = 0;
      const result = work((count) => {
        const nowMs = performance.now();
        if (nowMs - shownAtMs < showEveryMs) return;
        shownAtMs = nowMs;
        report({ message: shown(format.format(count)) });
      });
      return orAborted(result, signal);
    },
  });
}
