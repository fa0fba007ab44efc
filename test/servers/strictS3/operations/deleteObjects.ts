import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, keyOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { queryValue } from '../request.js';
import type { Element, ReadElement } from '../xml.js';
import { childText, formatDocument, parseDocument } from '../xml.js';
import { checkWriteConditions } from './conditions.js';

const maxKeys = 1000;

/** Deleting a key that does not exist succeeds, unless a condition requires it. */
function deleteObject(call: Call): Answer {
  const bucket = bucketOf(call);
  const key = keyOf(call);
  if (call.request.headers.has('if-match')) checkWriteConditions(call.request, bucket.objects.get(key));
  const versionId = queryValue(call.request, 'versionId');
  if (versionId !== undefined && bucket.versions !== undefined) {
    bucket.deleteVersion(key, versionId);
    return { status: 204, headers: { 'x-amz-version-id': versionId } };
  }
  const marker = bucket.delete(key, call.now);
  if (marker === undefined) return { status: 204 };
  return { status: 204, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker } };
}

function keyOfElement(element: ReadElement): string {
  const key = childText(element, 'Key');
  if (key === undefined || key === '') throw new S3Error('MalformedXML');
  return key;
}

function deleteObjects(call: Call): Answer {
  const bucket = bucketOf(call);
  const root = parseDocument(call.payload.body.toString('utf8'), 'Delete');
  const keys = root.children.filter(({ name }) => name === 'Object').map(keyOfElement);
  if (keys.length === 0 || keys.length > maxKeys) throw new S3Error('MalformedXML');
  for (const key of keys) bucket.delete(key, call.now);
  const quiet = childText(root, 'Quiet')?.trim() === 'true';
  const deleted = keys.map((key): Element => ['Deleted', [['Key', key]]]);
  return xmlAnswer(formatDocument(['DeleteResult', quiet ? [] : deleted]));
}

function check(call: Omit<Call, 'payload'>): void {
  bucketOf(call);
}

export const deleteOperations = {
  DeleteObject: { takes: 'document', check, answer: deleteObject },
  DeleteObjects: { takes: 'digestedDocument', check, answer: deleteObjects },
} as const satisfies Record<string, Operation>;
