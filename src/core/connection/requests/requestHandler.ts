import { Agent } from 'node:https';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { toProxyFailure } from '../../failures/network.js';
import { abortable } from '../../async/abortable.js';
import { hasDotSegment } from '../../text/dotSegments.js';
import { responseBody, bodyLimit } from './responseBody.js';
import { defaultTimeLimits, type TimeLimits } from './limits.js';
import { RequestGuard } from './requestGuard.js';
import { SocketWatch } from './socketWatch.js';

type HttpRequest = Parameters<FetchHttpHandler['handle']>[0];
type HandlerOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;
type HandlerResult = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/** What a response reveals about the server, apart from its content. */
interface ResponseInfo {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly sentAt: Date;
}

export interface RequestHandlerOptions {
  readonly onResponse?: ((answer: ResponseInfo) => void) | undefined;
  /** Gives the time when a request was sent; this machine's clock by default. */
  readonly clock?: () => Date;
  /** All certificate authorities to trust, as PEM; absent for those that Node and VS Code trust. */
  readonly ca?: readonly string[] | undefined;
  /** Read for each request, so that a change applies at once. */
  readonly limits?: (() => TimeLimits) | undefined;
  /** Which of the two keeps connections alive here; `fetch` by default. */
  readonly preferredTransport?: 'fetch' | 'node:http' | undefined;
}

/**
 * Sends the SDK's requests through `fetch`, which keeps connections alive in VS Code's extension host, where the
 * patched `http` module does not (microsoft/vscode#173861). Paths with a `.` or `..` segment go through `node:http`
 * instead, because `fetch` follows the URL standard and would request another key. So does everything with its own
 * certificate authorities, which `fetch` does not support, and everything where `fetch` does not keep connections
 * alive. Neither times out by itself, so every request is guarded.
 */
export class S3RequestHandler {
  // Following a redirect would send the session token to any host that a response names. The response itself says where
  // a bucket is.
  readonly #fetchHandler = new FetchHttpHandler({
    requestInit: () => ({ redirect: 'manual' }),
    customFetch: abortableFetch,
  });
  readonly #httpHandler: NodeHttpHandler;
  readonly #sockets = new SocketWatch();
  readonly #running = new Set<RequestGuard>();

  constructor(private readonly options: RequestHandlerOptions = {}) {
    const { ca } = options;
    this.#httpHandler = new NodeHttpHandler(
      ca === undefined ? {} : { httpsAgent: new Agent({ ca: [...ca], keepAlive: true, maxSockets: 50 }) },
    );
  }

  readonly metadata = { handlerProtocol: 'http/1.1' };

  /** @throws ConnectTimeoutError, SilentServerError, ProtocolSwitchError, CancelledError; what the network throws */
  async handle(request: HttpRequest, options: HandlerOptions = {}): Promise<HandlerResult> {
    const { abortSignal: caller } = options;
    const guard = new RequestGuard(this.options.limits?.() ?? defaultTimeLimits, {
      caller: caller instanceof AbortSignal ? caller : undefined,
      onEnd: () => this.#running.delete(guard),
    });
    this.#running.add(guard);
    try {
      const sending = this.#send(request, { ...options, abortSignal: guard.signal }, guard);
      const result = await abortable(sending, guard.signal);
      const { response } = result;
      const body = responseBody(response.body);
      if (body === undefined) guard.end();
      else response.body = guard.watch(body, bodyLimit(request, response.statusCode));
      return result;
    } catch (error) {
      guard.end();
      throw guard.toFailure(error);
    }
  }

  /** Called by the client's constructor; there is nothing to configure. */
  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  /** Cancels all pending requests. */
  destroy(): void {
    for (const guard of [...this.#running]) guard.abort();
    this.#httpHandler.destroy();
  }

  async #send(request: HttpRequest, options: HandlerOptions, guard: RequestGuard): Promise<HandlerResult> {
    const { ca, preferredTransport } = this.options;
    const isRefused = isBadPort(request.port) || hasDotSegment(request.path);
    const usesHttp = ca !== undefined || preferredTransport === 'node:http' || isRefused;
    const handler = usesHttp ? this.#httpHandler : this.#fetchHandler;
    // VS Code puts its own agent in front of ours, which would close every connection (microsoft/vscode#173861).
    if (usesHttp) request.headers.connection = 'keep-alive';
    for (;;) {
      const sentAt = this.options.clock?.() ?? new Date();
      try {
        const result = await this.#sockets.run(guard, () => handler.handle(request, options));
        this.options.onResponse?.({ headers: result.response.headers, sentAt });
        return result;
      } catch (error) {
        if (!isConnectTimeout(error)) throw toProxyFailure(error, request);
        if (!guard.canRetryConnect) throw guard.connectFailure();
      }
    }
  }
}

/** The ports above 1024 that `fetch` blocks: Fetch standard, "Port blocking". */
const badPorts: ReadonlySet<number | undefined> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);

function isBadPort(port: number | undefined): boolean {
  return badPorts.has(port);
}

/** `fetch` has its own connect timeout of ten seconds, which cannot be changed. */
function isConnectTimeout(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return cause?.code === 'UND_ERR_CONNECT_TIMEOUT';
}

/**
 * A `fetch` that its signal can cancel until the headers have arrived. The signal of a Request follows the one it was
 * created with only while that Request is referenced, and `fetch` does not keep a reference: nodejs/undici#4068.
 */
async function abortableFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  // Looked up for each request, because VS Code replaces Node's `fetch`.
  const response = await fetch(...args);
  const [request] = args;
  if (request instanceof Request && request.signal.aborted) await response.body?.cancel();
  return response;
}
