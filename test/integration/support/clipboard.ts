import assert from 'node:assert/strict';
import { env } from 'vscode';

const untouched = 'What was on the clipboard before';

/** Puts a text on the clipboard that no command copies. */
export async function markClipboard(): Promise<void> {
  await env.clipboard.writeText(untouched);
}

/** What a command copied since the mark; undefined if nothing. */
export async function copied(): Promise<string | undefined> {
  const text = await env.clipboard.readText();
  return text === untouched ? undefined : text;
}

export async function assertNothingCopied(): Promise<void> {
  // The text may be a link, which a failing test must not print.
  assert.equal((await copied()) === undefined, true, 'something was copied');
}
