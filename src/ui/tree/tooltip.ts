import { env } from 'vscode';
import type { Node } from '../rows/nodes.js';
import { l10n } from '../messages/door.js';
import { joined, shown, type Shown } from '../messages/shown.js';

/** The tooltip of a row. */
export function tooltipOf(node: Node): Shown | undefined {
  if (node.kind === 'bucket')
    return shown(node.prefix === undefined ? node.bucket : `${node.bucket}/${node.prefix}`);
  if (node.kind === 'folder') return shown(`s3://${node.bucket}/${node.prefix}`);
  if (node.kind !== 'object') return undefined;
  const { key, sizeBytes, lastModified, storageClass, etag } = node.entry;
  const lines = [
    shown(key),
    l10n.t('{0} bytes', sizeBytes.toLocaleString(env.language)),
    lastModified === undefined ? undefined : shown(lastModified.toLocaleString(env.language)),
    storageClass === undefined ? undefined : l10n.t('Storage class {0}', storageClass),
    etag === undefined ? undefined : l10n.t('ETag {0}', etag),
  ];
  return joined(
    lines.filter((line) => line !== undefined),
    '\n',
  );
}
