import { AsyncLocalStorage } from 'node:async_hooks';
import type { S3Client } from '@aws-sdk/client-s3';

/** One for all: Node hands every one on from each asynchronous step to the next, for as long as the process lives. */
const told = new AsyncLocalStorage<AbortSignal | undefined>();

/** The signal of the request for which the SDK asks for credentials or a session, which it does without it. */
export function callerSignal(): AbortSignal | undefined {
  return told.getStore();
}

/** Has the signal of each request of a client told by {@link callerSignal}. */
export function tellCallerSignal(client: S3Client): void {
  const send = client.send.bind(client) as (...args: readonly unknown[]) => unknown;
  const telling = (command: unknown, options?: { readonly abortSignal?: AbortSignal }) =>
    told.run(options?.abortSignal, () => send(command, options));
  client.send = telling as S3Client['send'];
}
