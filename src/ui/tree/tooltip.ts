import { env } from 'vscode';
import type { Node } from '../rows/nodes.js';
import { l10n } from '../messages/safeVscode.js';
import { joinText, safeText, type SafeText } from '../messages/safeText.js';

/** The tooltip of a row. */
export function tooltipOf(node: Node): SafeText | undefined {
  if (node.kind === 'bucket')
    return safeText(node.prefix === undefined ? node.bucket : `${node.bucket}/${node.prefix}`);
  if (node.kind === 'folder') return safeText(`s3://${node.bucket}/${node.prefix}`);
  if (node.kind !== 'object') return undefined;
  const { key, sizeBytes, lastModified, storageClass, etag } = node.entry;
  const lines = [
    safeText(key),
    l10n.t('{0} bytes', sizeBytes.toLocaleString(env.language)),
    lastModified === undefined
      ? undefined
      : l10n.t('Modified {0}', lastModified.toLocaleString(env.language)),
    storageClass === undefined ? undefined : l10n.t('Storage class {0}', storageClass),
    etag === undefined ? undefined : l10n.t('ETag {0}', etag),
  ];
  return joinText(
    lines.filter((line) => line !== undefined),
    '\n',
  );
}
