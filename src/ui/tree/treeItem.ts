import { ThemeColor, ThemeIcon, TreeItemCollapsibleState, Uri, env } from 'vscode';
import { formatAge, formatBytes } from '../../core/text/formatEntry.js';
import { keyName } from '../../core/storage/keys.js';
import { commandIds, itemKinds } from '../ids.js';
import { showMessage } from '../messages/showMessage.js';
import { remedies } from '../messages/remedies.js';
import {
  nodeId,
  type FolderNode,
  type MoreNode,
  type Node,
  type ObjectNode,
  type ProblemNode,
  type BucketNode,
} from '../rows/nodes.js';
import { l10n, TreeItem } from '../messages/safeVscode.js';
import { joinText, safeText } from '../messages/safeText.js';

/** The row of a node. `scope` makes the ids of one profile's rows differ from another's. */
export function toTreeItem(node: Node, scope: string): TreeItem {
  const item = bareItem(node);
  item.id = `${scope}|${nodeId(node)}`;
  item.contextValue = itemKind(node);
  return item;
}

function itemKind(node: Node): string {
  if (node.kind === 'problem') return `${itemKinds.problem}_${node.remedy}`;
  return node.kind === 'bucket' && node.added === true ? itemKinds.added : itemKinds[node.kind];
}

function bareItem(node: Node): TreeItem {
  switch (node.kind) {
    case 'bucket':
      return bucketItem(node);
    case 'folder':
      return folderItem(node);
    case 'object':
      return objectItem(node);
    case 'more':
      return moreItem(node);
    case 'problem':
      return problemItem(node);
  }
}

function bucketItem({ bucket, region, prefix }: BucketNode): TreeItem {
  const isPoint = bucket.startsWith('arn:');
  const short = isPoint ? bucket.slice(bucket.search(/[:/][^:/]*$/) + 1) : bucket;
  const name = safeText(prefix === undefined ? short : `${short}/${prefix.replace(/\/$/, '')}`);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.iconPath = new ThemeIcon(prefix === undefined ? 'archive' : 'folder-library');
  item.description = isPoint ? l10n.t('access point, {0}', region ?? '') : safeText(region ?? '');
  item.accessibilityInformation = {
    label: region === undefined ? l10n.t('Bucket {0}', name) : l10n.t('Bucket {0}, region {1}', name, region),
  };
  return item;
}

function folderItem({ prefix }: FolderNode): TreeItem {
  const name = safeText(keyName(prefix).replace(/\/$/, ''));
  const item = new TreeItem(name === '' ? safeText('/') : name, TreeItemCollapsibleState.Collapsed);
  if (name === '') item.description = l10n.t('folder without a name');
  item.iconPath = ThemeIcon.Folder;
  item.resourceUri = iconUri(name === '' ? 'folder' : name);
  item.accessibilityInformation = {
    label: name === '' ? l10n.t('Folder without a name') : l10n.t('Folder {0}', name),
  };
  return item;
}

function objectItem({ prefix, entry }: ObjectNode): TreeItem {
  // A key that ends in a slash is listed in the folder of the same name.
  const name = safeText(entry.key === prefix ? keyName(entry.key) : entry.key.slice(prefix.length));
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  const facts = [formatBytes(entry.sizeBytes, env.language)];
  if (entry.lastModified !== undefined)
    facts.push(formatAge(entry.lastModified, { now: new Date(), locale: env.language }));
  const description = safeText(facts.join(', '));
  item.description = description;
  item.iconPath = ThemeIcon.File;
  item.resourceUri = iconUri(name);
  item.accessibilityInformation = { label: l10n.t('Object {0}, {1}', name, description) };
  return item;
}

/** Gives the icon theme a file name. Nothing else reads it, so it leaves out the rest of the key. */
function iconUri(name: string): Uri {
  return Uri.from({ scheme: 'signpost-icon', path: `/${name.replace(/[^\w.-]/g, '_')}` });
}

function moreItem(node: MoreNode): TreeItem {
  const item = new TreeItem(l10n.t('Load more...'));
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: commandIds.loadMore, title: l10n.t('Load more...'), arguments: [node] };
  return item;
}

function problemItem(node: ProblemNode): TreeItem {
  const sentence = showMessage(node.message);
  const remedy = remedies[node.remedy];
  const item = new TreeItem(sentence);
  item.iconPath =
    node.isWaiting === true
      ? new ThemeIcon('loading~spin')
      : new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.tooltip = joinText([sentence, l10n.t('Press Enter for: {0}', remedy.title())], '\n');
  item.accessibilityInformation = {
    label: l10n.t('Problem: {0} Press Enter for: {1}', sentence, remedy.title()),
  };
  item.command = { command: remedy.command, title: remedy.title(), arguments: [node] };
  return item;
}
