import type { RequestSigner } from './auth/authenticate.js';
import { S3Error } from './errors.js';
import type { S3Request } from './request.js';
import type { Bucket, Store } from './store.js';

/** A request body that arrived completely and matches what its sender claimed. */
export interface Payload {
  readonly sizeBytes: number;
  /** Empty when the server keeps no bodies. */
  readonly body: Buffer;
  readonly md5: Buffer;
}

/** What an operation answers from. */
export interface Call {
  readonly request: S3Request;
  readonly store: Store;
  readonly signer: RequestSigner;
  readonly now: Date;
  readonly payload: Payload;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A number means that many zero bytes. */
  readonly body?: string | Buffer | number;
}

/** One row of the table of operations. */
export interface Operation {
  readonly answer: (call: Call) => Answer;
  /**
   * `object`: the body is content, needs a length and may have 5 GiB; `document`: at most a small XML;
   * `digestedDocument`: a document that requires a checksum.
   */
  readonly takes: 'object' | 'document' | 'digestedDocument';
  /** Refuses what can be refused before the body is read. */
  readonly check?: (call: Omit<Call, 'payload'>) => void;
}

/** @throws S3Error NoSuchBucket */
export function bucketOf(call: Omit<Call, 'payload'>): Bucket {
  const name = call.request.bucket ?? '';
  const bucket = call.store.get(name);
  if (bucket === undefined) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
  return bucket;
}

/** The key of an operation on an object. */
export function keyOf(call: Omit<Call, 'payload'>): string {
  const { key } = call.request;
  if (key === undefined) throw new S3Error('MethodNotAllowed');
  return key;
}

/** Names the version that was written or read, in a bucket that keeps versions. */
export function versionHeader(versionId: string | undefined): Record<string, string> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

/** An answer that holds an XML document. */
export function xmlAnswer(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
