import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, keyOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { decodePercent, field } from '../request.js';
import type { ServerObject } from '../store.js';
import { formatDocument } from '../xml.js';
import { checkWriteConditions, preconditionFailed } from './conditions.js';
import { readProperties } from './metadata.js';

interface Source {
  readonly bucket: string;
  readonly key: string;
  readonly object: ServerObject;
}

/** `/bucket/key` or `bucket/key`, percent-encoded, optionally with a version. */
function findSource(call: Omit<Call, 'payload'>): Source {
  const text = field(call.request, 'x-amz-copy-source') ?? '';
  const path = decodePercent((text.split('?versionId=')[0] ?? '').replaceAll('+', '%20')).replace(/^\//, '');
  const slash = path.indexOf('/');
  const [bucket, key] = [path.slice(0, slash), path.slice(slash + 1)];
  if (slash < 1 || key === '') {
    throw new S3Error('InvalidArgument', {
      message: 'Invalid copy source object key',
      details: { ArgumentName: 'x-amz-copy-source', ArgumentValue: text },
    });
  }
  const objects = call.store.get(bucket)?.objects;
  if (objects === undefined) throw new S3Error('NoSuchBucket', { details: { BucketName: bucket } });
  const object = objects.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
  const match = field(call.request, 'x-amz-copy-source-if-match');
  if (match !== undefined && match.replaceAll('"', '') !== object.etag.replaceAll('"', '')) {
    throw preconditionFailed('x-amz-copy-source-If-Match');
  }
  return { bucket, key, object };
}

function copyObject(call: Call): Answer {
  const { request, now } = call;
  const target = bucketOf(call);
  const key = keyOf(call);
  const source = findSource(call);
  const replaces = field(request, 'x-amz-metadata-directive') === 'REPLACE';
  const given = readProperties(request);
  const isItself = source.bucket === target.name && source.key === key;
  if (isItself && !replaces && given.storageClass === source.object.storageClass) {
    throw new S3Error('InvalidRequest', {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  checkWriteConditions(request, target.objects.get(key));
  const kept = replaces ? given : { ...source.object, storageClass: given.storageClass };
  target.put(key, { ...source.object, ...kept, lastModified: now });
  return xmlAnswer(
    formatDocument([
      'CopyObjectResult',
      [
        ['LastModified', now.toISOString()],
        ['ETag', source.object.etag],
      ],
    ]),
  );
}

export const copyOperations = {
  CopyObject: { takes: 'document', answer: copyObject },
} as const satisfies Record<string, Operation>;
