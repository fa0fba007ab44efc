import assert from 'node:assert/strict';
import { env } from 'vscode';
import type { CommandId } from '../../../src/ui/ids.js';
import type { Node } from '../../../src/ui/rows/nodes.js';
import type { Driver } from '../../host/driver/driver.js';
import type { QuickInput } from '../../host/driver/protocol.js';
import { openApp } from './app.js';
import { markClipboard } from './clipboard.js';
import { startCommand, type RunningCommand } from './window.js';

export { scopeOf, signedAt } from '../../support/signedLinks.js';

/** Links copied by the tests; afterwards none of them may appear in anything logged or stored. */
const handedOut: URL[] = [];

export function linksHandedOut(): readonly URL[] {
  return handedOut;
}

/** The link on the clipboard. */
export async function copiedLink(): Promise<URL> {
  const text = await env.clipboard.readText();
  // Left out of the message: a failing test must not print it.
  assert.equal(URL.canParse(text), true, 'there is no link on the clipboard');
  return handOut(text);
}

/** The link in a text that contains one. */
export function linkIn(text: string): URL {
  const [url = ''] = /https?:\/\/127\.0\.0\.1[^\s"')!]+/.exec(text) ?? [];
  assert.equal(URL.canParse(url), true, 'there is no link in the text');
  return handOut(url);
}

function handOut(url: string): URL {
  const link = new URL(url);
  handedOut.push(link);
  return link;
}

/** The content of a list of links; from here on none of the links may appear in anything logged or stored. */
export function noteLinks(urls: readonly string[]): readonly URL[] {
  const links = urls.map((url) => {
    assert.equal(URL.canParse(url), true, 'there is something else than a link');
    return new URL(url);
  });
  handedOut.push(...links);
  return links;
}

/** A command waiting for the expiry of a link. */
export interface AskedExpiry {
  readonly running: RunningCommand;
  readonly question: QuickInput;
}

/** Runs a command on an object up to its prompt for the expiry. */
export async function askExpiry(driver: Driver, id: CommandId, row: Node): Promise<AskedExpiry> {
  await markClipboard();
  const running = startCommand(id, row);
  const question = await driver.waitForQuickInput(hasExpiries);
  return { running, question };
}

/** Stores an expiry as the last one chosen. */
export async function rememberExpiry(seconds: number): Promise<void> {
  const { memory } = await openApp();
  await memory.setExpirySeconds(seconds);
}

export function hasExpiries({ items }: QuickInput): boolean {
  return items.some(({ label }) => label === 'Custom...');
}

/** Copies a link with the first expiry on offer. */
export async function copyLink(driver: Driver, id: CommandId, row: Node): Promise<URL> {
  const { running } = await askExpiry(driver, id, row);
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}
