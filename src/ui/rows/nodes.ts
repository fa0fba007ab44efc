import type { Message, Remedy } from '../../core/failures/message.js';
import type { ObjectEntry } from '../../core/storage/listing.js';

/** A row of the view. `prefix` is the full prefix within the bucket; empty, or ending in a slash. */
export type Node = BucketNode | FolderNode | ObjectNode | MoreNode | ProblemNode;

export interface BucketNode {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly region: string | undefined;
  /** The prefix that an added row begins at; absent for a whole bucket. */
  readonly prefix?: string;
  /** Whether the user added the row, and can remove it. */
  readonly added?: boolean;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly bucket: string;
  readonly prefix: string;
  /** The prefix of the added row above it; absent under a whole bucket. */
  readonly root?: string;
}

export interface ObjectNode {
  readonly kind: 'object';
  readonly bucket: string;
  /** The folder it is listed in: the key itself for a key that ends in a slash. */
  readonly prefix: string;
  readonly root?: string;
  readonly entry: ObjectEntry;
}

/** The last row of a listing that has more pages. */
export interface MoreNode {
  readonly kind: 'more';
  readonly container: ContainerNode;
}

/** Shown if a listing failed; `container` is undefined for the list of buckets. */
export interface ProblemNode {
  readonly kind: 'problem';
  readonly container: ContainerNode | undefined;
  readonly message: Message;
  readonly remedy: Remedy;
  /** Signpost is about to retry the listing. */
  readonly isWaiting?: boolean;
}

export type ContainerNode = BucketNode | FolderNode;
export type AddressedNode = BucketNode | FolderNode | ObjectNode;

export function isContainer(node: Node): node is ContainerNode {
  return node.kind === 'bucket' || node.kind === 'folder';
}

/** Whether a command's argument is a row with an address. Keybindings may pass anything to a command. */
export function isAddressed(value: unknown): value is AddressedNode {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('bucket' in value)) return false;
  if (typeof value.bucket !== 'string') return false;
  if (value.kind === 'bucket')
    return !('prefix' in value) || value.prefix === undefined || typeof value.prefix === 'string';
  if (!('prefix' in value) || typeof value.prefix !== 'string') return false;
  if (value.kind === 'folder') return true;
  if (value.kind !== 'object' || !('entry' in value)) return false;
  const { entry } = value;
  return typeof entry === 'object' && entry !== null && 'key' in entry && typeof entry.key === 'string';
}

/** The key, or the prefix of a folder or of an added row, or nothing for a whole bucket. */
export function nodeKey(node: AddressedNode): string {
  switch (node.kind) {
    case 'bucket':
      return node.prefix ?? '';
    case 'folder':
      return node.prefix;
    case 'object':
      return node.entry.key;
  }
}

export function containerPrefix(container: ContainerNode): string {
  return container.prefix ?? '';
}

/** The prefix of the added row above a container's rows; undefined under a whole bucket. */
export function rootOf(container: ContainerNode): string | undefined {
  return container.kind === 'bucket' ? container.prefix : container.root;
}

/**
 * The ids of all folders under a prefix begin with this. A folder may appear under several rows, each time
 * with a different id.
 */
export function folderId(folder: Omit<FolderNode, 'kind'>): string {
  const { bucket, prefix, root = '' } = folder;
  return `folder${root === '' ? '' : root.length}:${bucket}/${prefix}`;
}

/** A folder as a row of the container that it is listed in. */
export function folderIn(container: ContainerNode, prefix: string): FolderNode {
  return { kind: 'folder', bucket: container.bucket, prefix, ...rootIn(container) };
}

/** An object as a row of the container that it is listed in. */
export function objectIn(container: ContainerNode, entry: ObjectEntry): ObjectNode {
  const { bucket } = container;
  return { kind: 'object', bucket, prefix: containerPrefix(container), entry, ...rootIn(container) };
}

function rootIn(container: ContainerNode): { readonly root?: string } {
  const root = rootOf(container);
  return root === undefined ? {} : { root };
}

/**
 * Stays the same while the row represents the same thing; a folder and an object with the same name differ.
 */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'bucket':
      return node.prefix === undefined ? `bucket:${node.bucket}` : `bucket:${node.bucket}/${node.prefix}`;
    case 'folder':
      return folderId(node);
    case 'object':
      return `object${node.root?.length ?? ''}:${node.bucket}/${node.entry.key}`;
    case 'more':
      return `more:${nodeId(node.container)}`;
    case 'problem':
      return `problem:${node.container === undefined ? '' : nodeId(node.container)}`;
  }
}

/** Whether a command's argument looks like a row of the view. */
export function isNode(value: unknown): value is Node {
  if (isAddressed(value)) return true;
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('container' in value))
    return false;
  if (value.kind === 'more') return isAddressed(value.container);
  return value.kind === 'problem' && (value.container === undefined || isAddressed(value.container));
}
