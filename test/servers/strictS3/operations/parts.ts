import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { queryValue } from '../request.js';
import type { StoredPart, Upload } from '../store.js';
import { childText, parseDocument } from '../xml.js';

const minPartBytes = 5 * 1024 ** 2;
const maxPartNumber = 10_000;

/** A part as the completing request names it. */
export interface PartName {
  readonly number: number;
  /** Without quotation marks. */
  readonly etag: string;
}

export interface NamedPart extends PartName {
  readonly part: StoredPart;
}

/** @throws S3Error InvalidArgument */
export function parsePartNumber(request: S3Request): number {
  const text = queryValue(request, 'partNumber') ?? '';
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= maxPartNumber) return number;
  throw new S3Error('InvalidArgument', {
    message: 'Part number must be an integer between 1 and 10000, inclusive',
    details: { ArgumentName: 'partNumber', ArgumentValue: text },
  });
}

/** @throws S3Error MalformedXML */
export function readPartList(body: Buffer): PartName[] {
  const root = parseDocument(body.toString('utf8'), 'CompleteMultipartUpload');
  const parts = root.children
    .filter(({ name }) => name === 'Part')
    .map((element) => ({
      number: Number(childText(element, 'PartNumber')),
      etag: childText(element, 'ETag')?.replaceAll('"', '') ?? '',
    }));
  if (parts.length === 0 || parts.some(({ number }) => !Number.isInteger(number))) {
    throw new S3Error('MalformedXML');
  }
  return parts;
}

function findPart(upload: Upload, { number, etag }: PartName): NamedPart {
  const part = upload.parts.get(number);
  if (part?.md5.toString('hex') !== etag) {
    throw new S3Error('InvalidPart', { details: { PartNumber: String(number), ETag: etag } });
  }
  return { number, etag, part };
}

/**
 * The parts that make up the object.
 * @throws S3Error InvalidPartOrder, InvalidPart, EntityTooSmall
 */
export function selectParts(upload: Upload, names: readonly PartName[]): NamedPart[] {
  if (names.some(({ number }, at) => number <= (names[at - 1]?.number ?? 0))) {
    throw new S3Error('InvalidPartOrder');
  }
  const parts = names.map((name) => findPart(upload, name));
  const small = parts.slice(0, -1).find(({ part }) => part.sizeBytes < minPartBytes);
  if (small !== undefined) {
    throw new S3Error('EntityTooSmall', {
      details: {
        ProposedSize: String(small.part.sizeBytes),
        MinSizeAllowed: String(minPartBytes),
        PartNumber: String(small.number),
        ETag: small.etag,
      },
    });
  }
  return parts;
}
