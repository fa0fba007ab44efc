import { env, ProgressLocation } from 'vscode';
import { orAborted } from '../../core/async/orAborted.js';
import { window } from '../messages/door.js';
import { shown, type Shown } from '../messages/shown.js';

interface CountProgress {
  readonly title: Shown;
  /** Aborted by Cancel. */
  readonly abort: AbortController;
}

/** How often the count is shown; each time is a message to the window. */
const showEveryMs = 200;

/**
 * Runs work under a progress message that counts, with a Cancel that calls it off.
 * @throws what the work throws; an AbortError as soon as it is cancelled
 */
export function withCountProgress<Result>(
  { title, abort }: CountProgress,
  work: (onCount: (count: number) => void) => Promise<Result>,
): Thenable<Result> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      const format = new Intl.NumberFormat(env.language);
      let shownAtMs = 0;
      const result = work((count) => {
        const nowMs = performance.now();
        if (nowMs - shownAtMs < showEveryMs) return;
        shownAtMs = nowMs;
        progress.report({ message: shown(format.format(count)) });
      });
      return orAborted(result, abort.signal);
    },
  );
}
