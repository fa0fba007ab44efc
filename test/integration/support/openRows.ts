import { commands } from 'vscode';
import type { ContainerNode } from '../../../src/ui/rows/nodes.js';
import type { ObjectChange } from '../../../src/ui/objectChanges.js';
import { commandIds, viewId } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';
import { openApp } from './app.js';
import { bucketRow } from './rows.js';
import { connectS3 } from './s3.js';
import { openView, selectProfile, waitForRows } from './view.js';

/** The buckets of the profile `default`. */
export const buckets = ['docs', 'eu-docs', 'many', 'odd'];

/**
 * Focuses a row and opens it. Waits for running refreshes first: VS Code drops an expansion that coincides
 * with one.
 */
export async function openRow(row: ContainerNode): Promise<void> {
  const { view } = await openApp();
  await view.show(row, { open: true });
}

/** Waits for every running refresh of the visible rows, including the listing of the buckets. */
export async function rowsSettled(): Promise<void> {
  const { view } = await openApp();
  if (!view.isOpen([])) return;
  // Whether such a row exists makes no difference.
  await view.show(bucketRow('docs'), { open: false }).catch(() => undefined);
}

/** Reports changes of objects, as commands that write them do. */
export async function notifyChange(change: ObjectChange): Promise<void> {
  (await openApp()).changes.notify(change);
}

/** Opens the row of a bucket with the mouse without waiting for its listing, which may hang. */
export async function startOpening(driver: Driver, bucket: string): Promise<void> {
  await rowsSettled();
  await clickRow(driver, bucket);
}

/** Opens or closes the row of a bucket with the mouse, once the rows are drawn. */
export async function clickRow(driver: Driver, bucket: string): Promise<void> {
  const row = `.part.sidebar .monaco-list-row:is([aria-label="Bucket ${bucket}"], [aria-label^="Bucket ${bucket},"])`;
  await driver.click(`${row} .monaco-tl-twistie`);
}

/** Shows the closed buckets, with the first one focused. */
export async function openBuckets(driver: Driver): Promise<void> {
  await showBuckets(driver);
  await driver.press('Home');
}

/** Shows the closed buckets, freshly listed by the server. */
export async function showBuckets(driver: Driver): Promise<void> {
  await openView();
  await closeRows();
  await connectS3().setFault('none');
  await commands.executeCommand(commandIds.refresh);
  await poll(async () => (await connectS3().network()).arrived.includes('ListBuckets'), {
    what: 'the request for the buckets',
  });
  await waitForRows(driver, (names) => names.join() === buckets.join());
  await rowsSettled();
  await openView();
}

async function closeRows(): Promise<void> {
  await commands.executeCommand(`workbench.actions.treeView.${viewId}.collapseAll`);
}

/** Shows the content of the first bucket. */
export async function openDocs(driver: Driver): Promise<void> {
  await openBuckets(driver);
  await openRow(bucketRow('docs'));
  await waitForRows(driver, (names) => names.includes('hello.txt'));
}

/** Shows the first page of the bucket with many pages. */
export async function openMany(driver: Driver): Promise<void> {
  await openBuckets(driver);
  await openRow(bucketRow('many'));
  await waitForRows(driver, (names) => names.includes('Load more...'));
}

/** Shows the buckets of a profile and starts to open the first of them. */
export async function openFirst(driver: Driver, { profile, bucket }: { profile: string; bucket: string }) {
  await openView();
  await selectProfile(profile);
  await waitForRows(driver, (names) => names[0] === bucket);
  await closeRows();
  await startOpening(driver, bucket);
}
