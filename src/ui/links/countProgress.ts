import { env } from 'vscode';
import { abortable } from '../../core/async/abortable.js';
import { safeText, type SafeText } from '../messages/safeText.js';
import { withProgress } from '../progress.js';

interface CountProgress {
  readonly title: SafeText;
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
        report({ message: safeText(format.format(count)) });
      });
      return abortable(result, signal);
    },
  });
}
