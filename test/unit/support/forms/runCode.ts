import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LinkCodeId } from '../../../../src/core/links/code/codes.js';
import { repositoryRoot } from '../../../host/paths.js';
import { run, runInBash, type Outcome } from '../../../support/processes.js';

/** Runs a program that makes a link, unchanged; what it prints is the link. */
const runners = {
  // Debian's own, for which its packages are.
  python: (text) => runFile(text, { name: 'link.py', program: '/usr/bin/python3' }),
  javaScript: (text) => runFile(text, { name: 'link.mjs', program: process.execPath }),
  ruby: (text) => runFile(text, { name: 'link.rb', program: '/usr/bin/ruby' }),
  awsCli: (text) => inFolder((folder) => runInBash(text, folder)),
} as const satisfies Partial<Record<LinkCodeId, (text: string) => Promise<Outcome>>>;

export type RunnableCode = keyof typeof runners;

export function runCode(id: RunnableCode, text: string): Promise<Outcome> {
  return runners[id](text);
}

function runFile(
  text: string,
  { name, program }: { readonly name: string; readonly program: string },
): Promise<Outcome> {
  return inFolder((folder) => {
    writeFileSync(join(folder, name), text);
    return run(program, [join(folder, name)], { cwd: folder });
  });
}

/** Below the project, where Node finds its packages. */
async function inFolder(body: (folder: string) => Promise<Outcome>): Promise<Outcome> {
  const parent = join(repositoryRoot(), 'out', 'code');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'program-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
