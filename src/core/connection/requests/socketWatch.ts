import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { failOnUpgrade } from './protocolSwitch.js';
import { failOnOtherPath } from './proxiedPath.js';

/** Told how far a request has come. */
export interface SocketListener {
  /** There is a request that needs a connection. */
  readonly onOpening: () => void;
  /** It has one. */
  readonly onConnected: () => void;
}

/** One for all: Node hands every one on from each asynchronous step to the next, for as long as the process lives. */
const told = new AsyncLocalStorage<{ readonly by: SocketWatch; readonly listener: SocketListener }>();

/**
 * Tells when a request has its connection, of which neither `fetch` nor the SDK says anything: both `fetch` and
 * `node:http` publish it on Node's diagnostics channels, within the asynchronous context that made the request. A
 * `fetch` that publishes nothing leaves the listener untold.
 * Sources: undici `docs/api/DiagnosticsChannel.md`; Node's documentation of `diagnostics_channel`, "Built-in Channels".
 */
export class SocketWatch {
  readonly #listeners = new WeakMap<object, SocketListener>();
  #running = 0;

  /** Runs what makes one request. */
  async run<Result>(listener: SocketListener, work: () => Promise<Result>): Promise<Result> {
    if (this.#running === 0) for (const [name, hear] of this.#channels) subscribe(name, hear);
    this.#running += 1;
    try {
      return await told.run({ by: this, listener }, work);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const [name, hear] of this.#channels) unsubscribe(name, hear);
    }
  }

  /** Whom to tell of a request that is made here. */
  #listening(): SocketListener | undefined {
    const listening = told.getStore();
    return listening?.by === this ? listening.listener : undefined;
  }

  readonly #onCreate = (message: unknown): void => {
    const request = requestOf(message);
    const listener = this.#listening();
    // A proxy is asked for a tunnel by a request of its own.
    if (request === undefined || listener === undefined || request.method === 'CONNECT') return;
    this.#listeners.set(request, listener);
    listener.onOpening();
  };

  readonly #onSendHeaders = (message: unknown): void => {
    const request = requestOf(message);
    if (request !== undefined) this.#listeners.get(request)?.onConnected();
  };

  /** Published while a request is made, so before it has a socket; Node 22.12 and later do so. */
  readonly #onHttpCreated = (message: unknown): void => {
    const request = requestOf(message);
    if (this.#listening() !== undefined && request instanceof ClientRequest)
      failOnOtherPath(request, request.path);
  };

  readonly #onHttpStart = (message: unknown): void => {
    const request = requestOf(message);
    const listener = this.#listening();
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

/** Calls back when a request of `node:http` has a socket that can carry it: over TLS, one that has shaken hands. */
export function whenConnected(request: ClientRequest, tell: (socket: Socket) => void): void {
  const look = (socket: Socket): void => {
    const event = socket instanceof TLSSocket ? 'secureConnect' : 'connect';
    if (isConnected(socket)) tell(socket);
    else
      socket.once(event, () => {
        tell(socket);
      });
  };
  if (request.socket === null) request.once('socket', look);
  else look(request.socket);
}

function isConnected(socket: Socket): boolean {
  // The last message of the server's part of a handshake.
  return socket instanceof TLSSocket ? socket.getPeerFinished() !== undefined : !socket.connecting;
}
