import { ProgressLocation } from 'vscode';
import { window } from './messages/door.js';
import type { Shown } from './messages/shown.js';

/** What a progress shows: how much is done besides what was, in percent, and words of its own. */
interface ProgressReport {
  readonly increment?: number;
  readonly message?: Shown | undefined;
}

export interface CancellableWork<Result> {
  readonly title: Shown;
  /** Aborted by Cancel; one of its own where none is given. */
  readonly abort?: AbortController;
  readonly work: (report: (progress: ProgressReport) => void, signal: AbortSignal) => Promise<Result>;
}

/** Runs work under a notification that shows its progress, with a Cancel that aborts its signal. @throws what the work throws */
export function withProgress<Result>({
  title,
  abort = new AbortController(),
  work,
}: CancellableWork<Result>): Thenable<Result> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return work((report) => {
        progress.report(report);
      }, abort.signal);
    },
  );
}
