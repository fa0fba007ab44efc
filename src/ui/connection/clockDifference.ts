import type { LogOutputChannel } from 'vscode';
import type { showClockDifference } from './clockMessage.js';
import type { CredentialsStatus } from './credentialsStatus.js';

/** Each connection measures the difference again; within this it counts as the one already shown. */
const sameMs = 60_000;

/** Loaded when there is a difference to show. */
export interface ClockParts {
  readonly showClockDifference: typeof showClockDifference;
}

interface ClockOptions {
  readonly log: LogOutputChannel;
  readonly status: Pick<CredentialsStatus, 'setClockOffset'>;
  readonly load: () => Promise<ClockParts>;
}

/**
 * Shows that this machine's clock differs from S3's, which affects links that other tools on this machine
 * make. Once for each difference, however often it is measured.
 */
export function clockNotifier({ log, status, load }: ClockOptions): (offsetMs: number) => void {
  let notifiedMs = 0;
  return (offsetMs) => {
    status.setClockOffset(offsetMs);
    log.info(`clock: S3 is ${Math.round(offsetMs / 1000)} s ahead`);
    if (Math.abs(offsetMs - notifiedMs) < sameMs) return;
    notifiedMs = offsetMs;
    if (offsetMs === 0) return;
    void load().then(({ showClockDifference }) => {
      showClockDifference(offsetMs);
    });
  };
}
