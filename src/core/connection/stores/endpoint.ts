import { isIP } from 'node:net';
import { MessageError, type Message } from '../../failures/message.js';
import { isAwsHost, parseAwsHost, parseStoreHost, supportsAccessPoints } from './hosts.js';
import { isVirtualOnly } from './stores.js';

export class EndpointError extends MessageError {
  override readonly name = 'EndpointError';
  override readonly remedy = 'openAwsConfig';
}

/** What is wrong with an endpoint, checked before anything is sent to it; undefined if no problem is known. */
export function endpointProblem(endpoint: string): Message | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return {
      text: 'The endpoint "{0}" is not a URL: it must begin with https:// or http://.',
      args: [shorten(endpoint)],
    };
  }
  // The text is checked too: the parts of a URL do not reveal an empty user name.
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(endpoint)) {
    return {
      text: 'The endpoint for {0} contains a user name. Remove everything between // and @.',
      args: [url.host],
    };
  }
  if (/[?#]/.test(endpoint)) {
    return {
      text: 'The endpoint for {0} contains a query. Remove everything after the path.',
      args: [url.host],
    };
  }
  return bucketInEndpoint(url);
}

function bucketInEndpoint({ protocol, host, hostname, pathname }: URL): Message | undefined {
  // An interface endpoint begins with the word "bucket", which is not a bucket name.
  if (hostname.endsWith('.vpce.amazonaws.com')) return undefined;
  const known = parseAwsHost(hostname) ?? parseStoreHost(hostname, 'sure');
  if (known === undefined) return undefined;
  if (known.hostPrefix !== undefined) {
    return {
      text: 'The endpoint {0} contains the bucket "{1}" in its host name. Remove the bucket: {2}.',
      args: [host, known.hostPrefix, `${protocol}//${known.host}`],
    };
  }
  if (pathname === '/') return undefined;
  return {
    text: 'The endpoint {0} cannot have a path. Remove "{1}"; you choose the bucket later.',
    args: [host, pathname.slice(0, 80)],
  };
}

/**
 * The endpoint without slashes at its end.
 * @throws EndpointError, see {@link endpointProblem}
 */
export function checkEndpoint(endpoint: string): string {
  const problem = endpointProblem(endpoint);
  if (problem !== undefined) throw new EndpointError(problem);
  return endpoint.trim().replace(/\/+$/, '');
}

/** Without a user name and a query, which may be secret. */
function shorten(endpoint: string): string {
  return endpoint
    .replace(/[?#].*$/s, '')
    .replace(/^.*@/s, '')
    .slice(0, 80);
}

/** Whether links and data for an endpoint leave this machine without encryption. */
export function isUnencrypted(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** Subdomains of `localhost`, and LocalStack's DNS names, are this machine only if the network's DNS server says so. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Whether an endpoint takes the bucket in the path by default. As in the AWS CLI, every endpoint that is not AWS's own
 * does (`compute_endpoint_resolver_builtin_defaults` in botocore's `args.py`), because IP addresses, `localhost` and
 * the names of most private stores cannot have a bucket before them. Stores that require the bucket in the host name
 * are the exception.
 */
export function prefersPathStyle(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  if (hostname.endsWith('.vpce.amazonaws.com')) return !supportsAccessPoints(hostname);
  return !isAwsHost(hostname) && !isVirtualOnly(endpoint);
}
