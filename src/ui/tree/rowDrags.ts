import { DataTransferItem, type TreeDragAndDropController } from 'vscode';
import { draggedRows } from '../ids.js';
import { isAddressed, nodeKey, type Node } from '../rows/nodes.js';

/** Objects can be dragged out of the view. Folders and buckets have no link. */
export const rowDrags: TreeDragAndDropController<Node> = {
  dragMimeTypes: [draggedRows],
  dropMimeTypes: [],
  handleDrag(rows, transfer) {
    const objects = rows.filter(isAddressed).filter(({ kind }) => kind === 'object');
    if (objects.length === 0) return;
    const locations = objects.map((row) => ({ bucket: row.bucket, key: nodeKey(row) }));
    transfer.set(draggedRows, new DataTransferItem(JSON.stringify(locations)));
  },
};
