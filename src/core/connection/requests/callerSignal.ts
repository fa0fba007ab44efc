import { AsyncLocalStorage } from 'node:async_hooks';
import type { S3Client } from '@aws-sdk/client-s3';

/** One per process: every AsyncLocalStorage adds cost to all async operations for as long as the process lives. */
const signalStorage = new AsyncLocalStorage<AbortSignal | undefined>();

/** The signal of the request that the SDK needs credentials or a session for. The SDK does not pass it on. */
export function callerSignal(): AbortSignal | undefined {
  return signalStorage.getStore();
}

/** Makes {@link callerSignal} return the signal of each request of a client. */
export function trackCallerSignal(client: S3Client): void {
  const send = client.send.bind(client) as (...args: readonly unknown[]) => unknown;
  const trackedSend = (command: unknown, options?: { readonly abortSignal?: AbortSignal }) =>
    signalStorage.run(options?.abortSignal, () => send(command, options));
  client.send = trackedSend as S3Client['send'];
}
