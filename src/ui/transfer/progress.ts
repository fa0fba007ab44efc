import { env } from 'vscode';
import type { RetryNotice } from '../../core/async/retry.js';
import { formatBytes } from '../../core/text/formatEntry.js';
import { retryMessage, showMessage } from '../messages/showMessage.js';
import { l10n } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';
import { withProgress } from '../progress.js';

export interface TransferProgress {
  readonly title: SafeText;
  /** Undefined if unknown. */
  readonly totalBytes: number | undefined;
}

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, unpackedBytes?: number) => void;
  readonly onRetry: (notice: RetryNotice) => void;
}

/** Runs a transfer under a progress message in bytes, with a Cancel button that aborts `signal`. */
export function withTransferProgress<Result>(
  { title, totalBytes }: TransferProgress,
  transfer: (options: TransferOptions) => Promise<Result>,
): Thenable<Result> {
  return withProgress({
    title,
    work: (report, signal) => {
      let shownPercent = 0;
      let shownUnpacked = 0;
      let isRetrying = false;
      const onProgress = (doneBytes: number, unpackedBytes?: number) => {
        const percent = percentOf(doneBytes, totalBytes);
        const unpacked = Math.floor((unpackedBytes ?? 0) / unpackedStepBytes);
        if (percent === shownPercent && unpacked === shownUnpacked && !isRetrying) return;
        isRetrying = false;
        shownUnpacked = unpacked;
        const message = amountOf({ doneBytes, unpackedBytes }, totalBytes);
        // A restarted transfer counts from zero; the bar continues from where it was.
        report({ increment: Math.max(0, percent - shownPercent), message });
        shownPercent = Math.max(percent, shownPercent);
      };
      const onRetry = (notice: RetryNotice) => {
        isRetrying = true;
        report({ message: showMessage(retryMessage(notice)) });
      };
      return transfer({ signal, onProgress, onRetry });
    },
  });
}

/** One step per megabyte if the total is unknown, to show that something moves. */
function percentOf(doneBytes: number, totalBytes: number | undefined): number {
  if (totalBytes === undefined) return Math.floor(doneBytes / 1024 ** 2) / 1000;
  return totalBytes === 0 ? 100 : Math.floor((doneBytes / totalBytes) * 100);
}

/** How much more has to be unpacked before the message changes. */
const unpackedStepBytes = 10 * 1024 ** 2;

function amountOf(
  {
    doneBytes,
    unpackedBytes = 0,
  }: { readonly doneBytes: number; readonly unpackedBytes?: number | undefined },
  totalBytes: number | undefined,
): SafeText {
  const done = formatBytes(doneBytes, env.language);
  const amount =
    totalBytes === undefined
      ? safeText(done)
      : l10n.t('{0} of {1}', done, formatBytes(totalBytes, env.language));
  if (unpackedBytes <= doneBytes) return amount;
  return l10n.t('{0}, decompressed to {1}', amount, formatBytes(unpackedBytes, env.language));
}
