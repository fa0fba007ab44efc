import { CancelledError } from './cancelled.js';

/** The result of the work, or a CancelledError once the signal is aborted. For work that may ignore the signal. */
export async function abortable<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      reject(new CancelledError());
    };
  });
  signal?.addEventListener('abort', leave);
  if (signal?.aborted === true) leave();
  try {
    return await Promise.race([left, work]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}
