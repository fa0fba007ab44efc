import { commands } from 'vscode';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../host/poll.js';
import { areSoon, openView, selectProfile, waitForRows } from './view.js';

/** Those of the profile `default`. */
export const buckets = ['docs', 'eu-docs', 'many', 'odd'];

/** Shows the closed buckets, with the keyboard on the first of them. */
export async function openBuckets(driver: Driver): Promise<void> {
  await openView();
  await waitForRows(driver, (names) => names.includes('docs'));
  await commands.executeCommand(`workbench.actions.treeView.signpost.buckets.collapseAll`);
  await waitForRows(driver, (names) => names.length === buckets.length);
  await openView();
  await driver.press('Home');
}

/** Shows the first page of the bucket of many pages. */
export async function openMany(driver: Driver): Promise<void> {
  await poll(
    async () => {
      await openBuckets(driver);
      await driver.press('ArrowDown');
      await driver.press('ArrowDown');
      // VS Code drops an expansion that meets a refresh.
      await driver.press('ArrowRight');
      return areSoon(driver, (names) => names.includes('Load more...'));
    },
    { what: 'the first page', limitMs: 15_000 },
  );
}

/** Shows the buckets of a profile and opens the first of them. */
export async function openFirst(driver: Driver, { profile, bucket }: { profile: string; bucket: string }) {
  await openView();
  await selectProfile(driver, profile);
  await waitForRows(driver, (names) => names[0] === bucket);
  await commands.executeCommand('workbench.actions.treeView.signpost.buckets.collapseAll');
  await openView();
  // Rows that are replaced at this moment, by others of the same names, do not open.
  await poll(
    async () => {
      await driver.press('Home');
      await driver.press('ArrowRight');
      return (await driver.visibleText(`.pane-body .monaco-list-row[aria-expanded='true']`)).length > 0;
    },
    { what: 'the first row to open', limitMs: 10_000 },
  );
}
