import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { CancelledError } from '../../async/cancelled.js';
import { abortable } from '../../async/abortable.js';
import { failOnUpgrade } from './protocolSwitch.js';
import type { S3RequestHandler } from './requestHandler.js';

/** Sends through a handler; a signal cancels pending requests. */
export class AbortableHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(
    private readonly handler: Pick<S3RequestHandler, 'handle'>,
    private readonly signal: AbortSignal,
  ) {}

  handle(
    ...[request, options]: Parameters<S3RequestHandler['handle']>
  ): ReturnType<S3RequestHandler['handle']> {
    return this.handler.handle(request, { ...options, abortSignal: this.signal });
  }

  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

/** One per process: every AsyncLocalStorage adds cost to all async operations for as long as the process lives. */
const signalStorage = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs work that sends requests through `node:http` and does not accept a signal: the signal cancels its requests,
 * including later ones.
 * Source: Node's documentation of `diagnostics_channel`, "Built-in Channels".
 */
export function withAbortableRequests<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const onRequestStart = (message: unknown) => {
    const { request } = message as { readonly request?: unknown };
    if (signalStorage.getStore() !== signal || !(request instanceof ClientRequest)) return;
    failOnUpgrade(request);
    const end = () => {
      request.destroy(new CancelledError());
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    request.once('close', () => {
      signal.removeEventListener('abort', end);
    });
  };
  subscribe('http.client.request.start', onRequestStart);
  const ended = signalStorage.run(signal, work).finally(() => {
    unsubscribe('http.client.request.start', onRequestStart);
  });
  // Some wait for a retry after their request has ended.
  return abortable(ended, signal);
}
