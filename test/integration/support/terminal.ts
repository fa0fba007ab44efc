import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, env, window, type Terminal } from 'vscode';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';

const shellPath = '/bin/bash';

/** A terminal of the window running bash in its own folder. */
export interface BashTerminal {
  readonly folder: string;
  /** Pastes a text as a user does, and leaves it at the prompt. */
  paste(text: string): Promise<void>;
  /** Presses Enter, and waits until everything entered so far has run. */
  enter(): Promise<void>;
  files(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Skips the test if there is no bash, and says so in its title. */
export async function openBash(test: Mocha.Context, driver: Driver): Promise<BashTerminal> {
  if (!existsSync(shellPath)) {
    test.runnable().title += ` (skipped: there is no ${shellPath})`;
    return test.skip();
  }
  const folder = await mkdtemp(join(tmpdir(), 'signpost-terminal-'));
  const terminal = window.createTerminal({ shellPath, cwd: folder });
  const ran = ranMarks(terminal, folder);
  await ran();
  return {
    folder,
    paste: async (text) => {
      await env.clipboard.writeText(text);
      terminal.show();
      await driver.waitFor('.terminal-wrapper.active .xterm.focus', 'attached');
      await commands.executeCommand('workbench.action.terminal.paste');
    },
    enter: async () => {
      terminal.sendText('');
      await ran();
    },
    files: async () => (await readdir(folder)).filter((name) => !name.startsWith(mark)),
    close: async () => {
      terminal.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const mark = 'ran-';

/** Enters commands that each write a file, and waits for the files: the shell runs them one by one. */
function ranMarks(terminal: Terminal, folder: string): () => Promise<void> {
  let count = 0;
  return async () => {
    count += 1;
    const name = `${mark}${count}`;
    terminal.sendText(`touch ${name}`);
    await poll(() => existsSync(join(folder, name)), { what: 'the terminal' });
  };
}
