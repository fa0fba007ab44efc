import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { bucketKind } from '../connection/bucketKind.js';
import type { Connection } from '../connection/connection.js';
import { NotS3Error } from '../failures/notS3.js';
import { compareKeys, parentPrefix } from './keys.js';
import { EndlessListError, PaginationGuard } from './paginationGuard.js';

export interface ObjectEntry {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: Date | undefined;
  /** Without its quotes. */
  readonly etag: string | undefined;
  readonly storageClass: string | undefined;
}

/** Parsing 1,000 keys of 1,000 bytes would block the event loop for more than 100 ms, see test/bench/links.ts. */
const deepPageSize = 250;
/** S3 returns empty pages when it skips many deleted objects. */
const deepLimits = { pages: Infinity, emptyPages: 100 };

export interface ListingPage {
  /** Prefixes below the requested one, each ending in the delimiter. */
  readonly prefixes: readonly string[];
  readonly objects: readonly ObjectEntry[];
  /** The token of the next page; absent on the last page, empty if the store does not return one. */
  readonly continuationToken: string | undefined;
}

export interface ListingRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** 1 to 1000 prefixes and objects together. */
  readonly pageSize: number;
  readonly continuationToken?: string;
  /** Requests the objects in all folders below the prefix; the result then has no prefixes. */
  readonly isRecursive?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * One page of what is directly under a prefix. Keys are percent-encoded in the response, because XML cannot contain all
 * of their characters; the SDK does not decode them.
 * @throws NotS3Error; EndlessListError if the continuation token is empty; what the SDK throws
 */
export async function listPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  if (request.continuationToken === '') throw new EndlessListError();
  if (bucketKind(request.bucket).kind === 'directory') return listDirectoryPage(connection, request);
  return fetchPage(connection, request);
}

/**
 * Every object below a prefix, in all of its folders, in pages that each take a few milliseconds to parse.
 * @throws like {@link listPage}; EndlessListError if pages repeat or stay empty
 */
export async function* listRecursively(
  connection: Connection,
  request: Pick<ListingRequest, 'bucket' | 'prefix' | 'signal'>,
): AsyncGenerator<readonly ObjectEntry[]> {
  const trail = new PaginationGuard(deepLimits);
  // A page that begins with the same key as an earlier one adds nothing.
  const beginnings = new Set<string>();
  let continuationToken: string | undefined;
  do {
    const page = await listPage(connection, {
      ...request,
      pageSize: deepPageSize,
      isRecursive: true,
      ...(continuationToken === undefined ? {} : { continuationToken }),
    });
    yield page.objects;
    ({ continuationToken } = page);
    const first = page.objects[0]?.key;
    const added = first === undefined || beginnings.has(first) ? 0 : page.objects.length;
    if (first !== undefined) beginnings.add(first);
    if (continuationToken !== undefined && !trail.canContinue(continuationToken, added))
      throw new EndlessListError();
  } while (continuationToken !== undefined);
}

/**
 * Directory buckets list only whole folders, so a prefix must end in a slash, and return no order (Amazon S3 API
 * Reference, "ListObjectsV2"). The page is filtered and sorted here.
 */
async function listDirectoryPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  const { prefix } = request;
  const folder = prefix.endsWith('/') ? prefix : parentPrefix(prefix);
  const page = await fetchPage(connection, { ...request, prefix: folder });
  return {
    ...page,
    prefixes: page.prefixes.filter((text) => text.startsWith(prefix)).sort(compareKeys),
    objects: page.objects
      .filter(({ key }) => key.startsWith(prefix))
      .sort((one, other) => compareKeys(one.key, other.key)),
  };
}

async function fetchPage(connection: Connection, request: ListingRequest): Promise<ListingPage> {
  const command = new ListObjectsV2Command({
    Bucket: request.bucket,
    Prefix: request.prefix,
    Delimiter: request.isRecursive === true ? undefined : '/',
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
 * Decodes a key from a listing with `EncodingType: url`: a space is `+`, everything else is percent-encoded. Anything
 * that is not percent-encoded UTF-8 stays as it is.
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
