import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { queryValue } from '../request.js';
import type { Element } from '../xml.js';
import { formatDocument } from '../xml.js';
import type { Encode } from './encoding.js';
import { encodingOf } from './encoding.js';
import type { Entry, Page, PageRequest } from './listPage.js';
import { listPage } from './listPage.js';
import { parseCount, readToken, writeToken } from './paging.js';

function entryElement(entry: Entry, encode: Encode): Element {
  if (entry.kind === 'prefix') return ['CommonPrefixes', [['Prefix', encode(entry.name)]]];
  return [
    'Contents',
    [
      ['Key', encode(entry.name)],
      ['LastModified', entry.object.lastModified.toISOString()],
      ['ETag', entry.object.etag],
      ['Size', entry.object.sizeBytes],
      ['StorageClass', entry.object.storageClass],
    ],
  ];
}

function optional(name: string, value: string | undefined, encode: Encode): Element | undefined {
  return value === undefined || value === '' ? undefined : [name, encode(value)];
}

interface Listing {
  readonly request: S3Request;
  readonly asked: PageRequest;
  readonly page: Page;
  readonly encode: Encode;
}

/** The elements that both versions of the listing have, with those of one version. */
function listingDocument(listing: Listing, name: string, own: readonly (Element | undefined)[]): Answer {
  const { request, asked, page, encode } = listing;
  const rows = [...page.entries].sort((one, other) => one.kind.localeCompare(other.kind));
  // Directory buckets list in no order that clients could rely on.
  if (isDirectoryName(name)) rows.reverse();
  return xmlAnswer(
    formatDocument([
      'ListBucketResult',
      [
        ['Name', name],
        ['Prefix', encode(asked.prefix)],
        ...own,
        ['MaxKeys', asked.maxKeys],
        optional('Delimiter', asked.delimiter, encode),
        optional('EncodingType', queryValue(request, 'encoding-type'), (text) => text),
        ['IsTruncated', page.next !== undefined],
        ...rows.map((entry) => entryElement(entry, encode)),
      ],
    ]),
  );
}

/**
 * "Only prefixes that end in a delimiter are supported", and only this delimiter (Amazon S3 API Reference, "ListObjectsV2",
 * directory buckets).
 */
function checkDirectory({ prefix, delimiter }: PageRequest): void {
  if ((prefix === '' || prefix.endsWith('/')) && (delimiter === '' || delimiter === '/')) return;
  throw new S3Error('InvalidArgument', {
    message: 'A prefix has to end in the delimiter /',
    details: { ArgumentName: 'prefix', ArgumentValue: prefix },
  });
}

function isDirectoryName(name: string): boolean {
  return name.endsWith('--x-s3');
}

function list(call: Call, from: PageRequest['from']): Listing {
  const { request } = call;
  const bucket = bucketOf(call);
  const asked: PageRequest = {
    prefix: queryValue(request, 'prefix') ?? '',
    delimiter: queryValue(request, 'delimiter') ?? '',
    maxKeys: parseCount(request, 'max-keys', { least: 0, most: 1000, usual: 1000 }),
    from,
  };
  if (bucket.isDirectory) checkDirectory(asked);
  return { request, asked, page: listPage(bucket, asked), encode: encodingOf(request) };
}

function listObjectsV2(call: Call): Answer {
  const { request } = call;
  if (queryValue(request, 'list-type') !== '2') throw new S3Error('InvalidArgument');
  const startAfter = queryValue(request, 'start-after');
  const token = queryValue(request, 'continuation-token');
  const listing = list(call, readToken(request) ?? { after: startAfter ?? '', isPrefix: false });
  const { page, encode } = listing;
  return listingDocument(listing, bucketOf(call).name, [
    optional('ContinuationToken', token, (text) => text),
    optional('NextContinuationToken', page.next && writeToken(page.next), (text) => text),
    optional('StartAfter', startAfter, encode),
    ['KeyCount', page.entries.length],
  ]);
}

/**
 * The older listing, which a bare GET of a bucket still is. Its marker is a key, or a common prefix returned
 * before.
 */
function listObjects(call: Call): Answer {
  const marker = queryValue(call.request, 'marker') ?? '';
  const delimiter = queryValue(call.request, 'delimiter') ?? '';
  const isPrefix = delimiter !== '' && marker.endsWith(delimiter);
  const listing = list(call, { after: marker, isPrefix });
  const { page, encode } = listing;
  return listingDocument(listing, bucketOf(call).name, [
    ['Marker', encode(marker)],
    delimiter === '' ? undefined : optional('NextMarker', page.next?.after, encode),
  ]);
}

export const listOperations = {
  ListObjectsV2: { takes: 'document', answer: listObjectsV2 },
  ListObjects: { takes: 'document', answer: listObjects },
} as const satisfies Record<string, Operation>;
