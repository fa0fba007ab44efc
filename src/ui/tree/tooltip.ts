import { env, l10n } from 'vscode';
import { displayKey } from '../../core/storage/keys.js';
import type { Node } from './nodes.js';

/** What a row tells when it is pointed at. Plain text: keys are foreign text. */
export function tooltipOf(node: Node): string | undefined {
  if (node.kind === 'bucket')
    return [node.bucket, displayKey(node.prefix ?? '')].join(node.prefix === undefined ? '' : '/');
  if (node.kind === 'folder') return `s3://${node.bucket}/${displayKey(node.prefix)}`;
  if (node.kind !== 'object') return undefined;
  const { key, sizeBytes, lastModified, storageClass, etag } = node.entry;
  return [
    displayKey(key),
    l10n.t('{0} bytes', sizeBytes.toLocaleString(env.language)),
    lastModified?.toLocaleString(env.language),
    storageClass === undefined ? undefined : l10n.t('Storage class {0}', storageClass),
    etag === undefined ? undefined : l10n.t('ETag {0}', etag),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}
