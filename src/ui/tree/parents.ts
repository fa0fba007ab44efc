import { parentPrefix } from '../../core/storage/keys.js';
import type { ContainerNode, Node } from '../rows/nodes.js';

/** The row above a row. A bucket's region is unknown here; ids identify rows and leave it out. */
export function parentOf(node: Node): ContainerNode | undefined {
  switch (node.kind) {
    case 'bucket':
      return undefined;
    case 'folder':
      return containerAt(node.bucket, { prefix: parentPrefix(node.prefix), root: node.root });
    case 'object':
      return containerAt(node.bucket, { prefix: node.prefix, root: node.root });
    case 'more':
    case 'problem':
      return node.container;
  }
}

/**
 * The rows that lead to a key, from its bucket's row, or an added one that begins at `root`, down to the
 * key's folder.
 */
export function containersOf(bucket: string, key: string, root?: string): readonly ContainerNode[] {
  const start = root?.length ?? 0;
  const folders = [...key.slice(start).matchAll(/\//g)].map(({ index }) =>
    containerAt(bucket, { prefix: key.slice(0, start + index + 1), root }),
  );
  return [containerAt(bucket, { prefix: root ?? '', root }), ...folders];
}

function containerAt(
  bucket: string,
  { prefix, root }: { readonly prefix: string; readonly root: string | undefined },
): ContainerNode {
  if (prefix !== (root ?? ''))
    return { kind: 'folder', bucket, prefix, ...(root === undefined ? {} : { root }) };
  return {
    kind: 'bucket',
    bucket,
    region: undefined,
    ...(root === undefined ? {} : { prefix, added: true }),
  };
}
