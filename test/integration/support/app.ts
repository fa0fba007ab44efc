import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import type { App } from '../../../src/ui/app.js';

/** The objects of the extension that is running in this window. */
export async function openApp(): Promise<App> {
  const extension = extensions.getExtension<App>('signpost.signpost');
  assert.ok(extension !== undefined, 'Signpost is not installed in this host');
  return extension.activate();
}
