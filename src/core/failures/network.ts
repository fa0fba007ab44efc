import { networkInterfaces } from 'node:os';
import type { BySignerKind, Message, SignerKind } from './message.js';
import { isServerError } from './serverError.js';

/** What an error reveals about how far a request got on its way to a server. */
export interface NetworkFacts {
  /** Node's code of a failed connection, from the error or one of its causes. */
  readonly code: string;
  /** The host that was looked up. */
  readonly host: string | undefined;
  /** The status with which a proxy refused to connect to the server, or to pass on a request without a sign-in. */
  readonly proxyStatus: number | undefined;
  /** Whether it was the proxy that could not be reached. */
  readonly isProxyDown: boolean;
}

/** A request did not reach the proxy; the cause is the original error. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  constructor(cause: unknown) {
    super('The proxy could not be reached.', { cause });
  }
}

/** The same failure, or a ProxyError if another host or port than the request's failed, which must be the proxy's. */
export function toProxyFailure(
  error: unknown,
  {
    protocol,
    hostname,
    port,
  }: { readonly protocol: string; readonly hostname: string; readonly port?: number },
): unknown {
  const failed = causesOf(error).find((cause) => 'syscall' in cause);
  const { syscall, port: failedPort, hostname: failedHost } = (failed ?? {}) as Record<string, unknown>;
  const isOther =
    (syscall === 'connect' && failedPort !== (port ?? (protocol === 'https:' ? 443 : 80))) ||
    (syscall === 'getaddrinfo' && failedHost !== hostname);
  return isOther ? new ProxyError(error) : error;
}

/** The failure behind an error: `fetch` puts it into the error's cause, one or two levels deep. */
export function networkFacts(error: unknown, status: number | undefined): NetworkFacts {
  // A store may put a `code` and a `hostname` into its response.
  const isAnswered = error instanceof Error && isServerError(error);
  const chain = (isAnswered ? [] : causesOf(error)) as readonly (Error & {
    code?: unknown;
    hostname?: unknown;
  })[];
  const failed = chain.find(({ code }) => typeof code === 'string');
  // From undici, which sets no code on it in Node 24.
  const unparsed = chain.some(({ name }) => name === 'HTTPParserError') ? 'HPE_UNKNOWN' : '';
  // The message text of undici, whose error has no field for it.
  const tunnel = chain.map(({ message }) => /Proxy response \((\d{3})\)/.exec(message)?.[1]).find(Boolean);
  return {
    code: typeof failed?.code === 'string' ? failed.code : unparsed,
    host: typeof failed?.hostname === 'string' ? failed.hostname : undefined,
    proxyStatus: status === 407 ? status : tunnel === undefined ? undefined : Number(tunnel),
    isProxyDown: chain.some((cause) => cause instanceof ProxyError || cause.message.startsWith(noProxyAgent)),
  };
}

/** The message of VS Code's agent for `node:http`. It gives no reason, but may contain the proxy's password. */
const noProxyAgent = 'Failed to establish a socket connection to proxies';

function causesOf(error: unknown, depth = 0): readonly Error[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return [error, ...causesOf(inner, depth + 1)];
}

/** Whether this machine has an external address. Without one, nothing can be reached. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses = []) =>
    addresses.some(({ internal }) => !internal),
  );
}

/** The message for a request that did not reach its server; undefined for other failures. */
export function explainNetwork(
  facts: NetworkFacts,
  { signer, isOnline }: { readonly signer: SignerKind; readonly isOnline: () => boolean },
): Message | undefined {
  const { code, proxyStatus, isProxyDown } = facts;
  if (isProxyDown) return noProxy;
  if (proxyStatus !== undefined) return explainProxy(proxyStatus);
  if (isOffline(facts, isOnline)) return noNetwork;
  if (code === 'ENOTFOUND') return hostNotFound(facts);
  if (code === 'ECONNREFUSED') return nothingAnswers;
  if (/^(?:ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_\w+)$/.test(code)) {
    return broken;
  }
  if (/^(?:HPE|Z)_/.test(code)) return notHttp;
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return selfSigned[signer];
  return certificates.find(([pattern]) => pattern.test(code))?.[1];
}

/** A name server answers ENOTFOUND for an unknown host; EAI_AGAIN means that no name server answered. */
export function isOffline({ code }: NetworkFacts, isOnline: () => boolean): boolean {
  return code === 'EAI_AGAIN' || (/^(?:ENOTFOUND|ENETUNREACH|ENETDOWN)$/.test(code) && !isOnline());
}

function hostNotFound({ host }: NetworkFacts): Message {
  if (host === undefined) {
    return {
      text: 'The host of the endpoint was not found. Check the endpoint, the region, and your proxy or VPN, then try again.',
    };
  }
  return {
    text: 'The host of the endpoint was not found: {0}. Check the endpoint, the region, and your proxy or VPN, then try again.',
    args: [host],
  };
}

const noNetwork: Message = {
  text: 'This machine seems to be offline: no host name can be looked up. Connect to a network, then try again.',
};
const noProxy: Message = {
  text: 'The proxy could not be reached. Check the settings http.proxy and http.noProxy and that the proxy is running, then try again.',
};
const nothingAnswers: Message = {
  text: 'Nothing answers at the endpoint. Check that the endpoint is correct and the server is running, then try again.',
};
const broken: Message = {
  text: 'The connection to S3 was lost or timed out. Check the network, then try again.',
};

/** Errors of Node's HTTP parser and of zlib; an HTTPS server that receives plain HTTP causes them too. */
const notHttp: Message = {
  text: "The server's answer was not valid HTTP. Check the endpoint, its port, and whether it is http or https, then try again.",
};

function explainProxy(status: number): Message {
  if (status === 407) {
    return {
      text: 'The proxy requires a user name and a password (407). Add them to the address in the setting http.proxy, then try again.',
    };
  }
  return {
    text: 'The proxy refused the connection (HTTP {0}). Check the settings http.proxy and http.noProxy, then try again.',
    args: [status],
  };
}

/** A connection can get a certificate file only from the environment. */
const selfSigned: BySignerKind<Message> = {
  profile: {
    text: "The server's certificate is self-signed. Set ca_bundle in the profile or AWS_CA_BUNDLE to its file, or install it on this machine, then try again.",
  },
  connection: {
    text: "The server's certificate is self-signed. Set the environment variable AWS_CA_BUNDLE to its file, or install it on this machine, then try again.",
  },
};

/** By Node's error codes, which are OpenSSL's except for the first. */
const certificates: readonly (readonly [code: RegExp, message: Message])[] = [
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    {
      text: "The server's certificate is for a different host. Correct the endpoint; if the bucket name is in the host name, try it in the path.",
    },
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    {
      text: "The server's certificate has expired, or this machine's clock is wrong. Renew the certificate or set the clock.",
    },
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    { text: "The server's certificate is not valid yet. Check this machine's clock, then try again." },
  ],
  [
    /CERT|UNABLE_TO_VERIFY|ERR_TLS/,
    {
      text: "This machine does not trust the server's certificate. Install its certificate authority, then try again.",
    },
  ],
];
