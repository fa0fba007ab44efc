import { parseAwsHost, parseStoreHost, pathAfterEndpoint, type AwsHost } from '../connection/stores/hosts.js';
import type { WebAddress } from '../connection/webAddress.js';
import { partitionOf } from './location.js';

export interface HostAndPath extends Pick<WebAddress, 'host' | 'hostname'> {
  /** Decoded, without the first slash. */
  readonly path: string;
}

/** What a host reveals about where the bucket is. */
export interface S3Host {
  /**
   * Whose host it is: AWS's, that of the user's endpoint, that of a known store, or an unknown one. `outside` is the
   * endpoint's host with a path that does not lead to the endpoint.
   */
  readonly at: 'aws' | 'endpoint' | 'outside' | 'store' | 'elsewhere';
  readonly aws: AwsHost | undefined;
  /** The bucket, or what replaces it, in the host; undefined if it is in the path. */
  readonly hostPrefix: string | undefined;
  /** The path without that of the endpoint. */
  readonly path: string;
}

export interface HostOptions {
  /** An endpoint that the user has configured. */
  readonly endpoint: string | undefined;
  /** Whether an address may have a different port than the endpoint: a link may have been signed behind a proxy. */
  readonly anyPort?: boolean;
}

/** Where the bucket of an S3 URL is, as far as its host reveals. */
export function s3HostOf(
  { host, hostname, path }: HostAndPath,
  { endpoint, anyPort = false }: HostOptions,
): S3Host {
  const aws = parseAwsHost(hostname);
  if (aws !== undefined) return { at: 'aws', aws, hostPrefix: aws.hostPrefix, path };
  const own = endpoint === undefined || !URL.canParse(endpoint) ? undefined : new URL(endpoint);
  const [given, wanted] = anyPort ? [hostname, own?.hostname] : [host, own?.host];
  if (own !== undefined && wanted !== undefined && (given === wanted || given.endsWith(`.${wanted}`))) {
    const behind = pathAfterEndpoint(own, path);
    if (behind === undefined) return { at: 'outside', aws, hostPrefix: undefined, path };
    const hostPrefix = given === wanted ? undefined : given.slice(0, -wanted.length - 1);
    return { at: 'endpoint', aws, hostPrefix, path: behind };
  }
  const store = parseStoreHost(hostname, 'likely');
  if (store !== undefined) return { at: 'store', aws, hostPrefix: store.hostPrefix, path };
  return { at: 'elsewhere', aws, hostPrefix: undefined, path };
}

/**
 * The ARN of the access point before an AWS host: `NAME-ACCOUNT`, followed by the Outpost's ID if there is one.
 * Undefined for anything else.
 */
export function accessPointArn(hostPrefix: string, { service, region = '' }: AwsHost): string | undefined {
  const match = /^(.+)-(\d{12})(?:\.(op-[0-9a-z]+))?$/.exec(hostPrefix);
  if (match === null) return undefined;
  const [, name = '', account = '', outpost] = match;
  const arnService = service === 's3-accesspoint' ? 's3' : service;
  const resource = outpost === undefined ? `accesspoint/${name}` : `outpost/${outpost}/accesspoint/${name}`;
  return `arn:${partitionOf(region)}:${arnService}:${region}:${account}:${resource}`;
}
