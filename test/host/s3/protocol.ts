import type { RequestRecord } from '../../servers/strictS3/server.js';

/** All profiles use `home`, except `other`, and `secure` and `proxied`, which use `secure`. */
export type ServerName = 'home' | 'other' | 'secure';

/** Faults that a server can produce. After a fault that happens once, the next attempt hangs. */
export type FaultName =
  | 'none'
  | 'listingDenied'
  | 'nextPageDenied'
  | 'listingHangs'
  | 'listingBusy'
  | 'listingBusyOnce'
  | 'bucketsBusyOnce'
  | 'bucketsDroppedOnce'
  | 'bucketsHang'
  | 'regionsHang'
  | 'uploadHangs'
  | 'uploadGetsPage'
  | 'uploadAnswersLost'
  | 'etagsOpaque'
  | 'conditionsUnknown'
  | 'linksSwitch'
  | 'linksInform';

/** A finished request. The path of a presigned one omits its query, which is a secret. */
export type SeenRequest = Pick<
  RequestRecord,
  'method' | 'path' | 'operation' | 'status' | 'accessKeyId' | 'presigned'
>;

/** What the servers see of connections. */
export interface SeenNetwork {
  /** Operations that have arrived at `home` since a fault was set, finished or not. */
  readonly arrived: readonly string[];
  /** Connections that `secure` has accepted, other than through the proxy. */
  readonly secureConnections: number;
  readonly userAgents: readonly string[];
  readonly proxyUrl: string;
  /** A proxy that requires a sign-in. */
  readonly closedProxyUrl: string;
  /** Accepts no connections. */
  readonly holeUrl: string;
  /** Targets that the proxy was asked for. */
  readonly tunnels: readonly string[];
}

/**
 * Requests that tests inside the extension host can send to the S3 servers, each with its arguments and its
 * answer.
 */
export interface S3Actions {
  requests: { ask: { server: ServerName }; answer: SeenRequest[] };
  clearRequests: { ask: { server: ServerName }; answer: undefined };
  keys: { ask: { bucket: string }; answer: string[] };
  text: { ask: { bucket: string; key: string }; answer: string | undefined };
  put: { ask: { bucket: string; key: string; text: string }; answer: undefined };
  /** How long keys from a sign-in are valid. */
  setSignInLife: { ask: { seconds: number }; answer: undefined };
  setFault: { ask: { fault: FaultName }; answer: undefined };
  /** Removes the fault and undoes changes to objects. */
  restore: { ask: object; answer: undefined };
  network: { ask: object; answer: SeenNetwork };
}

/** The variable with the address that controls the servers. */
export const S3_VARIABLE = 'SIGNPOST_TEST_S3_URL';
