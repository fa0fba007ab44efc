import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { failOnUpgrade } from './protocolSwitch.js';
import { failOnOtherPath } from './proxiedPath.js';

/** Called as a request progresses. */
export interface SocketListener {
  /** A request needs a connection. */
  readonly onOpening: () => void;
  /** The request has its connection. */
  readonly onConnected: () => void;
}

/** One per process: every AsyncLocalStorage adds cost to all async operations for as long as the process lives. */
const listenerStorage = new AsyncLocalStorage<{
  readonly by: SocketWatch;
  readonly listener: SocketListener;
}>();

/**
 * Reports when a request has its connection, which neither `fetch` nor the SDK does. Both `fetch` and `node:http`
 * publish it on Node's diagnostics channels, within the asynchronous context that made the request. If a `fetch`
 * publishes nothing, the listener is not called.
 * Sources: undici `docs/api/DiagnosticsChannel.md`; Node's documentation of `diagnostics_channel`, "Built-in Channels".
 */
export class SocketWatch {
  readonly #listeners = new WeakMap<object, SocketListener>();
  #running = 0;

  /** Runs work that makes one request. */
  async run<Result>(listener: SocketListener, work: () => Promise<Result>): Promise<Result> {
    if (this.#running === 0) for (const [name, onMessage] of this.#channels) subscribe(name, onMessage);
    this.#running += 1;
    try {
      return await listenerStorage.run({ by: this, listener }, work);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const [name, onMessage] of this.#channels) unsubscribe(name, onMessage);
    }
  }

  /** The listener for a request made in this context. */
  #currentListener(): SocketListener | undefined {
    const listening = listenerStorage.getStore();
    return listening?.by === this ? listening.listener : undefined;
  }

  readonly #onCreate = (message: unknown): void => {
    const request = requestOf(message);
    const listener = this.#currentListener();
    // CONNECT is a separate request that asks a proxy for a tunnel.
    if (request === undefined || listener === undefined || request.method === 'CONNECT') return;
    this.#listeners.set(request, listener);
    listener.onOpening();
  };

  readonly #onSendHeaders = (message: unknown): void => {
    const request = requestOf(message);
    if (request !== undefined) this.#listeners.get(request)?.onConnected();
  };

  /** Published while a request is created, before it has a socket, by Node 22.12 and later. */
  readonly #onHttpCreated = (message: unknown): void => {
    const request = requestOf(message);
    if (this.#currentListener() !== undefined && request instanceof ClientRequest)
      failOnOtherPath(request, request.path);
  };

  readonly #onHttpStart = (message: unknown): void => {
    const request = requestOf(message);
    const listener = this.#currentListener();
    if (listener === undefined || !(request instanceof ClientRequest)) return;
    listener.onOpening();
    whenConnected(request, listener.onConnected);
    failOnUpgrade(request);
  };

  readonly #channels = [
    ['undici:request:create', this.#onCreate],
    ['undici:client:sendHeaders', this.#onSendHeaders],
    ['http.client.request.created', this.#onHttpCreated],
    ['http.client.request.start', this.#onHttpStart],
  ] as const;
}

function requestOf(message: unknown): { readonly method?: unknown } | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  return typeof message.request === 'object' && message.request !== null ? message.request : undefined;
}

/** Calls back when a `node:http` request has a socket that can carry it: over TLS, after the handshake. */
export function whenConnected(request: ClientRequest, onConnected: (socket: Socket) => void): void {
  const check = (socket: Socket): void => {
    const event = socket instanceof TLSSocket ? 'secureConnect' : 'connect';
    if (isConnected(socket)) onConnected(socket);
    else
      socket.once(event, () => {
        onConnected(socket);
      });
  };
  if (request.socket === null) request.once('socket', check);
  else check(request.socket);
}

function isConnected(socket: Socket): boolean {
  // The last handshake message from the server.
  return socket instanceof TLSSocket ? socket.getPeerFinished() !== undefined : !socket.connecting;
}
