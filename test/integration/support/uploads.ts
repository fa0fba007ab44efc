import assert from 'node:assert/strict';
import { Uri, workspace } from 'vscode';
import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { startCommand, type RunningCommand } from './window.js';

/** The URI of a workspace file, whether it exists or not. */
export function workspaceFile(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined, 'no folder is open');
  return Uri.joinPath(folder.uri, name);
}

/** Starts the upload of the open file, or of another, and answers up to the key. */
export async function startUpload(
  driver: Driver,
  key: string,
  { file, bucket }: { readonly file?: Uri; readonly bucket?: string } = {},
): Promise<RunningCommand> {
  const running = startCommand(commandIds.uploadActiveFile, ...(file === undefined ? [] : [file]));
  await answerPlace(driver, key, bucket);
  return running;
}

/** Answers the prompts for bucket and key. */
export async function answerPlace(driver: Driver, key: string, bucket?: string): Promise<void> {
  await answerBucket(driver, key, bucket);
  await driver.waitForQuickInput(({ value }) => value === key);
  await driver.accept();
}

/** Answers the prompt for the bucket with the whole address; the prompt for the key then shows the key. */
export async function answerBucket(driver: Driver, key: string, bucket = 'docs'): Promise<void> {
  const place = `s3://${bucket}/${key}`;
  await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === bucket));
  await typePlace(driver, place);
}

/** Answers the prompt for the bucket, whatever it lists. */
export async function typePlace(driver: Driver, place: string): Promise<void> {
  await driver.type(place);
  await driver.waitForQuickInput(({ items: [first] }) => first?.label === `Use ${place}` && first.isActive);
  await driver.accept();
}
