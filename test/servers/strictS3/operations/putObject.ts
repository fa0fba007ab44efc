import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, keyOf, versionHeader } from '../call.js';
import { checkWriteConditions } from './conditions.js';
import { readProperties } from './metadata.js';

function check(call: Omit<Call, 'payload'>): void {
  const existing = bucketOf(call).objects.get(keyOf(call));
  readProperties(call.request);
  checkWriteConditions(call.request, existing);
}

function putObject(call: Call): Answer {
  const { request, payload, now } = call;
  const bucket = bucketOf(call);
  const key = keyOf(call);
  // Another request may have written while the body arrived.
  checkWriteConditions(request, bucket.objects.get(key));
  const etag = `"${payload.md5.toString('hex')}"`;
  const versionId = bucket.put(key, {
    ...readProperties(request),
    body: payload.body,
    sizeBytes: payload.sizeBytes,
    lastModified: now,
    etag,
  });
  return {
    status: 200,
    headers: { etag, 'x-amz-server-side-encryption': 'AES256', ...versionHeader(versionId) },
  };
}

export const putOperations = {
  PutObject: { takes: 'object', check, answer: putObject },
} as const satisfies Record<string, Operation>;
