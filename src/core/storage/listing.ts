import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { bucketKind } from '../connection/bucketKind.js';
import type { Connection } from '../connection/connection.js';
import { NotS3Error } from '../failures/notS3.js';
import { compareKeys, parentPrefix } from './keys.js';
import { EndlessListError, PageTrail } from './pageTrail.js';

export interface ObjectEntry {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: Date | undefined;
  /** Without its quotes. */
  readonly etag: string | undefined;
  readonly storageClass: string | undefined;
}

/** Reading 1,000 keys of 1,000 bytes would hold up the event loop for more than 100 ms, see test/bench/links.ts. */
const deepPageSize = 250;
/** S3 gives empty pages where it passes over many deleted objects. */
const deepLimits = { pages: Infinity, emptyPages: 100 };

export interface ListingPage {
  /** Prefixes below the asked one, each ending in the delimiter. */
  readonly prefixes: readonly string[];
  readonly objects: readonly ObjectEntry[];
  /** Asks for what follows; absent on the last page, empty where the store does not say how to ask. */
  readonly continuationToken: string | undefined;
}

export interface ListingRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** 1 to 1000 prefixes and objects together. */
  readonly pageSize: number;
  readonly continuationToken?: string;
  /** Asks for the objects in all folders below the prefix; there are no prefixes then. */
  readonly isDeep?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * One page of what stands directly under a prefix. Keys come percent-encoded, as XML cannot hold all of their
 * characters; the SDK does not decode them.
 * @throws NotS3Error; EndlessListError where the continuation token is empty; what the SDK throws
 */
export async function listPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  if (request.continuationToken === '') throw new EndlessListError();
  if (bucketKind(request.bucket).kind === 'directory') return listDirectoryPage(connection, request);
  return askPage(connection, request);
}

/**
 * Every object below a prefix, in all of its folders, in pages that are read in a few milliseconds each.
 * @throws like {@link listPage}; EndlessListError where pages repeat or stay empty
 */
export async function* listBelow(
  connection: Connection,
  request: Pick<ListingRequest, 'bucket' | 'prefix' | 'signal'>,
): AsyncGenerator<readonly ObjectEntry[]> {
  const trail = new PageTrail(deepLimits);
  // A page that begins with the same key as an earlier one adds nothing.
  const beginnings = new Set<string>();
  let continuationToken: string | undefined;
  do {
    const page = await listPage(connection, {
      ...request,
      pageSize: deepPageSize,
      isDeep: true,
      ...(continuationToken === undefined ? {} : { continuationToken }),
    });
    yield page.objects;
    ({ continuationToken } = page);
    const first = page.objects[0]?.key;
    const added = first === undefined || beginnings.has(first) ? 0 : page.objects.length;
    if (first !== undefined) beginnings.add(first);
    if (continuationToken !== undefined && !trail.mayFollow(continuationToken, added))
      throw new EndlessListError();
  } while (continuationToken !== undefined);
}

/**
 * Directory buckets list whole folders only, a prefix has to end in a slash, and give no order (Amazon S3 API Reference,
 * "ListObjectsV2"): what a page holds is chosen and sorted here.
 */
async function listDirectoryPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  const { prefix } = request;
  const folder = prefix.endsWith('/') ? prefix : parentPrefix(prefix);
  const page = await askPage(connection, { ...request, prefix: folder });
  return {
    ...page,
    prefixes: page.prefixes.filter((text) => text.startsWith(prefix)).sort(compareKeys),
    objects: page.objects
      .filter(({ key }) => key.startsWith(prefix))
      .sort((one, other) => compareKeys(one.key, other.key)),
  };
}

async function askPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  const command = new ListObjectsV2Command({
    Bucket: request.bucket,
    Prefix: request.prefix,
    Delimiter: request.isDeep === true ? undefined : '/',
    MaxKeys: request.pageSize,
    ContinuationToken: request.continuationToken,
    EncodingType: 'url',
  });
  const page = await connection.inBucket(
    request.bucket,
    (client) => client.send(command, { abortSignal: request.signal }),
    request.signal,
  );
  if (page.Name === undefined && page.IsTruncated === undefined) throw new NotS3Error();
  const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
  return {
    prefixes: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) =>
      Prefix === undefined ? [] : [decode(Prefix)],
    ),
    objects: (page.Contents ?? []).flatMap((entry) =>
      entry.Key === undefined
        ? []
        : [
            {
              key: decode(entry.Key),
              sizeBytes: entry.Size ?? 0,
              lastModified: entry.LastModified,
              etag: entry.ETag?.replace(/^"|"$/g, ''),
              storageClass: entry.StorageClass,
            },
          ],
    ),
    continuationToken: page.IsTruncated === true ? (page.NextContinuationToken ?? '') : undefined,
  };
}

/**
 * A key as a listing with `EncodingType: url` writes it: a space as `+`, everything else in percent form. What is not the
 * percent form of UTF-8 is left as it is.
 */
export function decodeKey(encoded: string): string {
  return encoded.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}
