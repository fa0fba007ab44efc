import type {
  BucketNode,
  FolderNode,
  MoreNode,
  ObjectNode,
  ProblemNode,
} from '../../../src/ui/rows/nodes.js';

// Rows as the view passes them to commands.

export function bucketRow(bucket: string): BucketNode {
  return { kind: 'bucket', bucket, region: undefined };
}

export function folderRow(bucket: string, prefix: string): FolderNode {
  return { kind: 'folder', bucket, prefix };
}

export function objectRow(bucket: string, key: string): ObjectNode {
  const prefix = key.slice(0, key.lastIndexOf('/') + 1);
  const entry = { key, sizeBytes: 5, lastModified: undefined, etag: undefined, storageClass: undefined };
  return { kind: 'object', bucket, prefix, entry };
}

export function moreRow(bucket: string): MoreNode {
  return { kind: 'more', container: bucketRow(bucket) };
}

export function problemRow(bucket: string): ProblemNode {
  return {
    kind: 'problem',
    container: bucketRow(bucket),
    message: { text: 'A problem.' },
    remedy: 'retry',
  };
}
