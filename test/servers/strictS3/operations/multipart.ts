import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, keyOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { queryValue } from '../request.js';
import type { StoredPart, Upload } from '../store.js';
import type { Element } from '../xml.js';
import { formatDocument } from '../xml.js';
import { checkWriteConditions } from './conditions.js';
import { readProperties } from './metadata.js';
import type { NamedPart } from './parts.js';
import { parsePartNumber, readPartList, selectParts } from './parts.js';
import { parseCount } from './paging.js';

function uploadIdOf(call: Omit<Call, 'payload'>): string {
  return queryValue(call.request, 'uploadId') ?? '';
}

function findUpload(call: Omit<Call, 'payload'>): Upload {
  const uploadId = uploadIdOf(call);
  const upload = bucketOf(call).uploads.get(uploadId);
  if (upload?.key !== keyOf(call)) throw new S3Error('NoSuchUpload', { details: { UploadId: uploadId } });
  return upload;
}

function createUpload(call: Call): Answer {
  const bucket = bucketOf(call);
  const key = keyOf(call);
  const uploadId = randomBytes(48).toString('base64url');
  const properties = readProperties(call.request);
  bucket.uploads.set(uploadId, { key, started: call.now, properties, parts: new Map() });
  return xmlAnswer(
    formatDocument([
      'InitiateMultipartUploadResult',
      [
        ['Bucket', bucket.name],
        ['Key', key],
        ['UploadId', uploadId],
      ],
    ]),
  );
}

function checkPart(call: Omit<Call, 'payload'>): void {
  parsePartNumber(call.request);
  findUpload(call);
}

function uploadPart(call: Call): Answer {
  const { payload, now } = call;
  const part: StoredPart = { ...payload, lastModified: now };
  findUpload(call).parts.set(parsePartNumber(call.request), part);
  return { status: 200, headers: { etag: `"${part.md5.toString('hex')}"` } };
}

function joinedEtag(parts: readonly NamedPart[]): string {
  const hash = createHash('md5');
  for (const { part } of parts) hash.update(part.md5);
  return `"${hash.digest('hex')}-${parts.length}"`;
}

function completeUpload(call: Call): Answer {
  const bucket = bucketOf(call);
  const upload = findUpload(call);
  const parts = selectParts(upload, readPartList(call.payload.body));
  checkWriteConditions(call.request, bucket.objects.get(upload.key));
  const etag = joinedEtag(parts);
  bucket.put(upload.key, {
    ...upload.properties,
    body: Buffer.concat(parts.map(({ part }) => part.body)),
    sizeBytes: parts.reduce((sum, { part }) => sum + part.sizeBytes, 0),
    lastModified: call.now,
    etag,
  });
  bucket.uploads.delete(uploadIdOf(call));
  return xmlAnswer(
    formatDocument([
      'CompleteMultipartUploadResult',
      [
        ['Location', `/${bucket.name}/${upload.key}`],
        ['Bucket', bucket.name],
        ['Key', upload.key],
        ['ETag', etag],
      ],
    ]),
  );
}

function abortUpload(call: Call): Answer {
  findUpload(call);
  bucketOf(call).uploads.delete(uploadIdOf(call));
  return { status: 204 };
}

function partElement(number: number, part: StoredPart): Element {
  return [
    'Part',
    [
      ['PartNumber', number],
      ['LastModified', part.lastModified.toISOString()],
      ['ETag', `"${part.md5.toString('hex')}"`],
      ['Size', part.sizeBytes],
    ],
  ];
}

function listParts(call: Call): Answer {
  const upload = findUpload(call);
  const marker = parseCount(call.request, 'part-number-marker', { least: 0, most: 10_000, usual: 0 });
  const maxParts = parseCount(call.request, 'max-parts', { least: 0, most: 1000, usual: 1000 });
  const left = [...upload.parts].filter(([number]) => number > marker).sort(([one], [other]) => one - other);
  const page = left.slice(0, maxParts);
  return xmlAnswer(
    formatDocument([
      'ListPartsResult',
      [
        ['Bucket', bucketOf(call).name],
        ['Key', upload.key],
        ['UploadId', uploadIdOf(call)],
        ['PartNumberMarker', marker],
        ['NextPartNumberMarker', page.at(-1)?.[0] ?? 0],
        ['MaxParts', maxParts],
        ['IsTruncated', left.length > page.length],
        ...page.map(([number, part]) => partElement(number, part)),
      ],
    ]),
  );
}

/** Lists all uploads on one page, because tests start only a few. */
function listUploads(call: Call): Answer {
  const bucket = bucketOf(call);
  const prefix = queryValue(call.request, 'prefix') ?? '';
  const uploads = [...bucket.uploads].filter(([, { key }]) => key.startsWith(prefix));
  const rows = uploads.map(([uploadId, { key, started }]): Element => [
    'Upload',
    [
      ['Key', key],
      ['UploadId', uploadId],
      ['Initiated', started.toISOString()],
    ],
  ]);
  const head: readonly Element[] = [
    ['Bucket', bucket.name],
    ['Prefix', prefix],
    ['MaxUploads', 1000],
    ['IsTruncated', false],
  ];
  return xmlAnswer(formatDocument(['ListMultipartUploadsResult', [...head, ...rows]]));
}

export const multipartOperations = {
  CreateMultipartUpload: { takes: 'document', answer: createUpload },
  UploadPart: { takes: 'object', check: checkPart, answer: uploadPart },
  CompleteMultipartUpload: { takes: 'document', check: findUpload, answer: completeUpload },
  AbortMultipartUpload: { takes: 'document', answer: abortUpload },
  ListParts: { takes: 'document', answer: listParts },
  ListMultipartUploads: { takes: 'document', answer: listUploads },
} as const satisfies Record<string, Operation>;
