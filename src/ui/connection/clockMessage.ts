import { env } from 'vscode';
import { formatDuration } from '../../core/text/format.js';
import { l10n, window } from '../messages/safeVscode.js';
import { withIcon } from '../messages/safeText.js';

const displayMs = 30_000;

/**
 * Shows in the status bar that this machine's clock differs from S3's. A notification would be too much,
 * because a listing that the user did not ask for may have found it.
 */
export function showClockDifference(offsetMs: number): void {
  const difference = formatDuration(Math.round(Math.abs(offsetMs) / 1000), env.language);
  const sentence =
    offsetMs > 0
      ? l10n.t(
          "This machine's clock is {0} behind S3's. Signpost signs by S3's time; set the clock.",
          difference,
        )
      : l10n.t(
          "This machine's clock is {0} ahead of S3's. Signpost signs by S3's time; set the clock.",
          difference,
        );
  window.setStatusBarMessage(withIcon('watch', sentence), displayMs);
}
