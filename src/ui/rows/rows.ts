import { Uri } from 'vscode';
import type { Location } from '../../core/storage/location.js';
import type { RowsApp } from '../app.js';
import { isAddressed, isNode, nodeKey, type AddressedNode, type Node } from './nodes.js';

/** The row that a command is about: its argument, else the row selected in the view. */
export function rowOf({ view }: RowsApp, args: readonly unknown[]): AddressedNode | undefined {
  return isAddressed(args[0]) ? args[0] : view.selection.find(isAddressed);
}

/** The same for rows of any kind. */
export function nodeOf(app: RowsApp, [given]: readonly unknown[]): Node | undefined {
  return isNode(given) ? given : app.view.selection[0];
}

/** All rows that a command is about: menus pass the clicked row and then the whole selection. */
export function rowsOf({ view }: RowsApp, args: readonly unknown[]): readonly AddressedNode[] {
  const [row, selection] = args;
  if (!isAddressed(row)) return view.selection.filter(isAddressed);
  const selected = Array.isArray(selection) ? selection.filter(isAddressed) : [];
  return selected.includes(row) ? selected : [row];
}

export function rowLocation(row: AddressedNode): Location {
  return { bucket: row.bucket, key: nodeKey(row) };
}

/** The file that a menu of the Explorer or of an editor passes. */
export function fileOf(args: readonly unknown[]): Uri | undefined {
  return args[0] instanceof Uri ? args[0] : undefined;
}
