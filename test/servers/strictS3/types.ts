/** A key pair the server knows. A key with a session token is refused without it. */
export interface StrictCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The session has ended: every request of this key is answered with ExpiredToken. */
  readonly expired?: boolean;
  /** Operations, for example `ListBuckets`, that are answered with AccessDenied for this key. */
  readonly denied?: readonly string[];
}

export interface StrictS3Options {
  readonly credentials: readonly StrictCredential[];
  /** The port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
  /** What the server takes for the time: expiry, skew, Last-Modified. The real clock by default. */
  readonly clock?: () => Date;
  /** Serves https with this PEM pair. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /**
   * `true`, the default, refuses an upload whose `x-amz-checksum-*` query parameter does not match the body,
   * as R2 and others do. `false` ignores the parameter, as AWS does. A header is checked either way.
   */
  readonly refusesChecksumParameters?: boolean;
  /** Counts and hashes uploaded bodies but keeps none; a download of one gives as many zero bytes. */
  readonly discardBodies?: boolean;
}

/** One request that ended. */
export interface RequestRecord {
  readonly method: string;
  /** The request target as it was sent, with its query. */
  readonly path: string;
  /** The name of the S3 operation, for example `PutObject`. */
  readonly operation: string;
  /** The status answered, or 0 when the connection ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly accessKeyId: string | undefined;
  readonly presigned: boolean;
  /** How many bytes of request body arrived. */
  readonly bodyBytes: number;
}

export interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly lastModified: Date;
  /** With its quotation marks. */
  readonly etag: string;
  readonly storageClass: string;
}

/** What a fault decides on. */
export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly key: string | undefined;
  readonly bucket: string | undefined;
}

export type FaultAnswer =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code: string;
      readonly message?: string;
      readonly headers?: Record<string, string>;
    }
  /** Reads nothing and answers nothing until `setFault` is called again (the request then goes on) or the server closes. */
  | { readonly kind: 'hang' }
  /** Destroys the socket. */
  | { readonly kind: 'drop' }
  /** Answers 200 with a web page and reads nothing, as a network that asks for a sign-in does. */
  | { readonly kind: 'page'; readonly html: string }
  /** Does what was asked and destroys the socket in place of the answer. */
  | { readonly kind: 'dropAnswer' }
  /** Does what was asked and answers with these headers in place of its own. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** Answers 101. */
  | { readonly kind: 'switchProtocols' }
  /** Sends informational answers (102) until the connection is closed. */
  | { readonly kind: 'inform' }
  /** Reads the request body, and writes the answer's, at this pace. */
  | { readonly kind: 'slowBody'; readonly bytesPerSecond: number };

/** Asked for every request before anything else is looked at; `undefined` lets it pass. */
export type Fault = (request: FaultRequest) => undefined | FaultAnswer;

export interface PutOptions {
  readonly contentType?: string;
  readonly lastModified?: Date;
  readonly storageClass?: string;
  readonly metadata?: Record<string, string>;
}

export interface StrictS3 {
  /** For example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** Every request that ended since the start or the last `clearRequests`. */
  readonly requests: readonly RequestRecord[];
  /** The signatures of all links that were used since the start, also of those whose requests were cleared. */
  readonly linkSignatures: readonly string[];
  clearRequests(): void;
  /** The region is us-east-1 unless told. */
  createBucket(name: string, options?: { region?: string }): void;
  putObject(bucket: string, key: string, body: string | Uint8Array, options?: PutOptions): void;
  getObject(bucket: string, key: string): StoredObject | undefined;
  /** Every write from now on is a version of its own; what is there becomes the version `null`. */
  enableVersioning(bucket: string): void;
  /** The version IDs of a key, newest first; delete markers are among them. */
  versionIds(bucket: string, key: string): string[];
  /** Lets pages of these origins (`*` for all, as for a page from a file) send requests, as a bucket's CORS rules do. */
  allowOrigins(bucket: string, ...origins: string[]): void;
  /** The keys of a bucket in the order of their UTF-8 bytes. */
  keys(bucket: string): string[];
  /** Sets or removes the fault, and releases what hangs. */
  setFault(fault: Fault | undefined): void;
  /**
   * The first ended request that matches, among those recorded and those to come.
   * Rejects after `limitMs` (5000 by default).
   */
  waitForRequest(match: (record: RequestRecord) => boolean, limitMs?: number): Promise<RequestRecord>;
  /** Destroys open sockets too. */
  close(): Promise<void>;
}
