import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { queryValue } from '../request.js';
import { compareUtf8 } from '../store.js';
import type { Version } from '../versions.js';
import { Versions } from '../versions.js';
import type { Element } from '../xml.js';
import { childText, formatDocument, parseDocument } from '../xml.js';
import { encodingOf } from './encoding.js';
import { parseCount } from './paging.js';

interface Row extends Version {
  readonly key: string;
  readonly isLatest: boolean;
}

/** By key, and newest first. */
function rowsOf(call: Call, prefix: string): readonly Row[] {
  const bucket = bucketOf(call);
  const versions = bucket.versions ?? new Versions(bucket.objects);
  return versions
    .keys()
    .filter((key) => key.startsWith(prefix))
    .sort(compareUtf8)
    .flatMap((key) => versions.of(key).map((version, index) => ({ ...version, key, isLatest: index === 0 })));
}

/** Where the page begins: after the markers. */
function startOf(rows: readonly Row[], call: Call): number {
  const keyMarker = queryValue(call.request, 'key-marker') ?? '';
  const idMarker = queryValue(call.request, 'version-id-marker') ?? '';
  if (keyMarker === '') return 0;
  if (idMarker === '') {
    const at = rows.findIndex(({ key }) => compareUtf8(key, keyMarker) > 0);
    return at < 0 ? rows.length : at;
  }
  const at = rows.findIndex(({ key, versionId }) => key === keyMarker && versionId === idMarker);
  if (at >= 0) return at + 1;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid version id specified',
    details: { ArgumentName: 'version-id-marker', ArgumentValue: idMarker },
  });
}

function rowElement(row: Row, encode: (text: string) => string): Element {
  const { object } = row;
  const common: readonly Element[] = [
    ['Key', encode(row.key)],
    ['VersionId', row.versionId],
    ['IsLatest', row.isLatest],
    ['LastModified', row.lastModified.toISOString()],
  ];
  if (object === undefined) return ['DeleteMarker', common];
  return [
    'Version',
    [...common, ['ETag', object.etag], ['Size', object.sizeBytes], ['StorageClass', object.storageClass]],
  ];
}

/** The page of rows; a common prefix counts as one. */
function listObjectVersions(call: Call): Answer {
  const { request } = call;
  const encode = encodingOf(request);
  const encoding = queryValue(request, 'encoding-type');
  const prefix = queryValue(request, 'prefix') ?? '';
  const delimiter = queryValue(request, 'delimiter') ?? '';
  const maxKeys = parseCount(request, 'max-keys', { least: 0, most: 1000, usual: 1000 });
  const rows = rowsOf(call, prefix);
  const prefixes = new Set<string>();
  const page: Row[] = [];
  let at = startOf(rows, call);
  for (; at < rows.length && page.length + prefixes.size < maxKeys; at += 1) {
    const row = rows[at];
    if (row === undefined) break;
    const end = delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length);
    if (end >= 0) prefixes.add(row.key.slice(0, end + delimiter.length));
    else page.push(row);
  }
  const last = at < rows.length ? rows[at - 1] : undefined;
  return xmlAnswer(
    formatDocument([
      'ListVersionsResult',
      [
        ['Name', bucketOf(call).name],
        ['Prefix', encode(prefix)],
        ['MaxKeys', maxKeys],
        encoding === undefined ? undefined : ['EncodingType', encoding],
        ['IsTruncated', last !== undefined],
        delimiter === '' ? undefined : ['Delimiter', encode(delimiter)],
        last && ['NextKeyMarker', encode(last.key)],
        last && ['NextVersionIdMarker', last.versionId],
        ...page.map((row) => rowElement(row, encode)),
        ...[...prefixes].map((name): Element => ['CommonPrefixes', [['Prefix', encode(name)]]]),
      ],
    ]),
  );
}

/** Versioning can be enabled; this server does not suspend it. */
function putBucketVersioning(call: Call): Answer {
  const root = parseDocument(call.payload.body.toString('utf8'), 'VersioningConfiguration');
  if (childText(root, 'Status') !== 'Enabled') throw new S3Error('NotImplemented');
  bucketOf(call).enableVersions();
  return { status: 200 };
}

function getBucketVersioning(call: Call): Answer {
  const status: readonly Element[] = bucketOf(call).versions === undefined ? [] : [['Status', 'Enabled']];
  return xmlAnswer(formatDocument(['VersioningConfiguration', status]));
}

export const versionOperations = {
  PutBucketVersioning: { takes: 'document', answer: putBucketVersioning },
  GetBucketVersioning: { takes: 'document', answer: getBucketVersioning },
  ListObjectVersions: { takes: 'document', answer: listObjectVersions },
} as const satisfies Record<string, Operation>;
