import type { LogOutputChannel } from 'vscode';
import type { showClockDifference } from './clockMessage.js';
import type { CredentialsStatus } from './credentialsStatus.js';

/** Each connection learns a difference afresh; within this it is the one that was told. */
const sameMs = 60_000;

/** What is loaded when there is a difference to tell of. */
export interface ClockParts {
  readonly showClockDifference: typeof showClockDifference;
}

interface ClockOptions {
  readonly log: LogOutputChannel;
  readonly status: Pick<CredentialsStatus, 'setClockOffset'>;
  readonly load: () => Promise<ClockParts>;
}

/**
 * Says that this machine's clock is not S3's, which a link made elsewhere on this machine would suffer from. Once for
 * each difference, however often it is learnt.
 */
export function clockTeller({ log, status, load }: ClockOptions): (offsetMs: number) => void {
  let toldMs = 0;
  return (offsetMs) => {
    status.setClockOffset(offsetMs);
    log.info(`clock: S3 is ${Math.round(offsetMs / 1000)} s ahead`);
    if (Math.abs(offsetMs - toldMs) < sameMs) return;
    toldMs = offsetMs;
    if (offsetMs === 0) return;
    void load().then(({ showClockDifference }) => {
      showClockDifference(offsetMs);
    });
  };
}
