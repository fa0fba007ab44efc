/** A key pair that the server knows. A key with a session token is refused without it. */
export interface StrictCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The session has expired: every request with this key is answered with ExpiredToken. */
  readonly expired?: boolean;
  /** Operations, for example `ListBuckets`, that are answered with AccessDenied for this key. */
  readonly denied?: readonly string[];
}

export interface StrictS3Options {
  readonly credentials: readonly StrictCredential[];
  /** The port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
  /** The server's time, used for expiry, skew and Last-Modified. The real clock by default. */
  readonly clock?: () => Date;
  /** Serves https with this PEM pair. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /**
   * `true`, the default, refuses an upload whose `x-amz-checksum-*` query parameter does not match the body,
   * as R2 and others do. `false` ignores the parameter, as AWS does. A header is checked either way.
   */
  readonly refusesChecksumParameters?: boolean;
  /** Counts and hashes uploaded bodies but does not keep them; a download returns as many zero bytes. */
  readonly discardBodies?: boolean;
}

/** A finished request. */
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

/** The request that a fault decides on. */
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
  /**
   * Reads and answers nothing until `setFault` is called again (the request then continues) or the server
   * closes.
   */
  | { readonly kind: 'hang' }
  /** Destroys the socket. */
  | { readonly kind: 'drop' }
  /** Answers 200 with a web page and reads nothing, as a network that requires a sign-in does. */
  | { readonly kind: 'page'; readonly html: string }
  /** Performs the request, then destroys the socket instead of answering. */
  | { readonly kind: 'dropAnswer' }
  /** Performs the request and overrides headers of the answer with these. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** Answers 101. */
  | { readonly kind: 'switchProtocols' }
  /** Sends informational answers (102) until the connection is closed. */
  | { readonly kind: 'inform' }
  /** Reads the request body, and writes the answer's, at this pace. */
  | { readonly kind: 'slowBody'; readonly bytesPerSecond: number };

/** Called for every request before anything else; `undefined` lets it pass. */
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
  /** Every request finished since the start or the last `clearRequests`. */
  readonly requests: readonly RequestRecord[];
  /** The signatures of all links used since the start, including those of cleared requests. */
  readonly linkSignatures: readonly string[];
  clearRequests(): void;
  /** The region is us-east-1 by default. */
  createBucket(name: string, options?: { region?: string }): void;
  putObject(bucket: string, key: string, body: string | Uint8Array, options?: PutOptions): void;
  getObject(bucket: string, key: string): StoredObject | undefined;
  /** Makes every later write a separate version; existing objects become the version `null`. */
  enableVersioning(bucket: string): void;
  /** The version IDs of a key, newest first, including delete markers. */
  versionIds(bucket: string, key: string): string[];
  /**
   * Lets pages of these origins (`*` for all, including a page from a file) send requests, as a bucket's CORS
   * rules do.
   */
  allowOrigins(bucket: string, ...origins: string[]): void;
  /** The keys of a bucket in the order of their UTF-8 bytes. */
  keys(bucket: string): string[];
  /** Sets or removes the fault, and releases hanging requests. */
  setFault(fault: Fault | undefined): void;
  /**
   * The first finished request that matches, recorded or still to come. Rejects after `limitMs` (5000 by
   * default).
   */
  waitForRequest(match: (record: RequestRecord) => boolean, limitMs?: number): Promise<RequestRecord>;
  /** Also destroys open sockets. */
  close(): Promise<void>;
}
