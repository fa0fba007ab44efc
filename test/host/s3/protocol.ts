import type { RequestRecord } from '../../servers/strictS3/server.js';

/** `home` is where all profiles lead but `other`, and `secure` and `proxied`, which lead to `secure`. */
export type ServerName = 'home' | 'other' | 'secure';

/** What can be made to go wrong at a server. After a fault that comes once, the next attempt hangs. */
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

/** A request that ended. The path of a presigned one comes without its query, which is a secret. */
export type SeenRequest = Pick<
  RequestRecord,
  'method' | 'path' | 'operation' | 'status' | 'accessKeyId' | 'presigned'
>;

/** What the servers see of connections. */
export interface SeenNetwork {
  /** Operations that have arrived at `home` since a fault was set, ended or not. */
  readonly arrived: readonly string[];
  /** Connections that `secure` has taken, other than through the proxy. */
  readonly secureConnections: number;
  readonly userAgents: readonly string[];
  readonly proxyUrl: string;
  /** A proxy that wants a sign-in. */
  readonly closedProxyUrl: string;
  /** Takes no connection. */
  readonly holeUrl: string;
  /** Where the proxy was asked to lead. */
  readonly tunnels: readonly string[];
}

/** What tests inside the extension host can ask of the S3 servers: the words of each request, and what it answers. */
export interface S3Actions {
  requests: { ask: { server: ServerName }; answer: SeenRequest[] };
  clearRequests: { ask: { server: ServerName }; answer: undefined };
  keys: { ask: { bucket: string }; answer: string[] };
  text: { ask: { bucket: string; key: string }; answer: string | undefined };
  put: { ask: { bucket: string; key: string; text: string }; answer: undefined };
  /** How long the keys live that a sign-in gives. */
  setSignInLife: { ask: { seconds: number }; answer: undefined };
  setFault: { ask: { fault: FaultName }; answer: undefined };
  /** Takes away the fault and the changes of objects. */
  restore: { ask: object; answer: undefined };
  network: { ask: object; answer: SeenNetwork };
}

/** The variable that tells the tests where the servers are steered. */
export const S3_VARIABLE = 'SIGNPOST_TEST_S3_URL';
