import { createHash } from 'node:crypto';
import type { PutOptions, StoredObject, StrictCredential } from './types.js';
import { Versions } from './versions.js';

/** A stored object with fields that only the server needs. */
export interface ServerObject extends StoredObject {
  /** Differs from `body.length` when bodies are discarded. */
  readonly sizeBytes: number;
  /** `Content-Encoding`, `Cache-Control` and others that are returned as received. */
  readonly contentHeaders: Readonly<Record<string, string>>;
}

export interface StoredPart {
  readonly body: Buffer;
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly lastModified: Date;
}

export interface Upload {
  readonly key: string;
  readonly started: Date;
  readonly properties: Pick<ServerObject, 'contentType' | 'metadata' | 'storageClass' | 'contentHeaders'>;
  readonly parts: Map<number, StoredPart>;
}

/** Orders texts by their UTF-8 bytes; UTF-16 puts U+E000..U+FFFF after the pairs. */
export function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The keys of a session in a directory bucket. */
export interface BucketSession extends StrictCredential {
  readonly endsAt: Date;
}

export class Bucket {
  readonly sessions: BucketSession[] = [];
  readonly objects = new Map<string, ServerObject>();
  readonly uploads = new Map<string, Upload>();
  /** Origins whose pages may send requests; `*` for all. */
  allowedOrigins: readonly string[] = [];
  /** Set once versioning is enabled. */
  versions: Versions | undefined;
  private sorted: readonly string[] | undefined;

  constructor(
    readonly name: string,
    readonly region: string,
    readonly created: Date,
  ) {}

  /** A directory bucket (S3 Express One Zone). */
  get isDirectory(): boolean {
    return this.name.endsWith('--x-s3');
  }

  enableVersions(): void {
    this.versions ??= new Versions(this.objects);
  }

  /** Returns the version ID if the bucket keeps versions. */
  put(key: string, object: ServerObject): string | undefined {
    this.show(key, object);
    return this.versions?.add(key, { object, lastModified: object.lastModified });
  }

  /** Returns the version ID of the delete marker if the bucket keeps versions. */
  delete(key: string, now: Date): string | undefined {
    this.show(key, undefined);
    return this.versions?.add(key, { object: undefined, lastModified: now });
  }

  deleteVersion(key: string, versionId: string): void {
    this.show(key, this.versions?.remove(key, versionId));
  }

  private show(key: string, object: ServerObject | undefined): void {
    if (this.objects.has(key) !== (object !== undefined)) this.sorted = undefined;
    if (object === undefined) this.objects.delete(key);
    else this.objects.set(key, object);
  }

  /** In the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    this.sorted ??= [...this.objects.keys()]
      .map((key) => ({ key, bytes: Buffer.from(key) }))
      .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
      .map(({ key }) => key);
    return this.sorted;
  }
}

function md5Of(body: Uint8Array): Buffer {
  return createHash('md5').update(body).digest();
}

/** A fixture's content as an object. */
export function objectOf(body: string | Uint8Array, now: Date, options: PutOptions = {}): ServerObject {
  const bytes = Buffer.from(body);
  return {
    body: bytes,
    sizeBytes: bytes.length,
    contentType: options.contentType,
    metadata: options.metadata ?? {},
    lastModified: options.lastModified ?? now,
    etag: `"${md5Of(bytes).toString('hex')}"`,
    storageClass: options.storageClass ?? 'STANDARD',
    contentHeaders: {},
  };
}

export type Store = Map<string, Bucket>;
