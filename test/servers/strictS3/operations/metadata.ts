import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { field } from '../request.js';
import type { ServerObject } from '../store.js';

const prefix = 'x-amz-meta-';
const maxMetadataBytes = 2048;

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

const contentNames = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** Node reads as Latin-1 the header bytes that S3 reads as UTF-8. */
function decodeHeader(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function readMetadata(request: S3Request): Record<string, string> {
  const hoisted = request.query.map(([name, value]) => [name.toLowerCase(), value] as const);
  const sent = [...request.headers].map(([name, value]) => [name, decodeHeader(value)] as const);
  const pairs = [...hoisted, ...sent]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);
  const bytes = pairs.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (bytes > maxMetadataBytes) {
    throw new S3Error('MetadataTooLarge', {
      details: { Size: String(bytes), MaxSizeAllowed: String(maxMetadataBytes) },
    });
  }
  return Object.fromEntries(pairs);
}

function readStorageClass(request: S3Request): string {
  const storageClass = field(request, 'x-amz-storage-class') ?? 'STANDARD';
  if (!storageClasses.includes(storageClass)) {
    throw new S3Error('InvalidStorageClass', { details: { StorageClassRequested: storageClass } });
  }
  return storageClass;
}

/** A recently created bucket has ACLs disabled, and accepts only the one that changes nothing. */
function checkAcl(request: S3Request): void {
  const acl = field(request, 'x-amz-acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control')
    throw new S3Error('AccessControlListNotSupported');
}

export type Properties = Pick<ServerObject, 'contentType' | 'metadata' | 'storageClass' | 'contentHeaders'>;

/**
 * What an upload says about its object, in headers or hoisted into the query.
 * @throws S3Error InvalidStorageClass, MetadataTooLarge, AccessControlListNotSupported
 */
export function readProperties(request: S3Request): Properties {
  checkAcl(request);
  const contentHeaders = contentNames
    .map((name) => [name, request.headers.get(name)] as const)
    .filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  return {
    contentType: request.headers.get('content-type'),
    metadata: readMetadata(request),
    storageClass: readStorageClass(request),
    contentHeaders: Object.fromEntries(contentHeaders),
  };
}

/** RFC 2047's Q encoding, which S3 returns for metadata that is not ASCII. */
function encodeWord(value: string): string {
  if (/^[\u0020-\u007e]*$/.test(value)) return value;
  const text = [...Buffer.from(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[A-Za-z0-9.%-]/.test(character)) return character;
      return byte === 0x20 ? '_' : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return `=?UTF-8?Q?${text}?=`;
}

/** Metadata as the headers of an answer. */
export function encodeMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [`${prefix}${name}`, encodeWord(value)]),
  );
}
