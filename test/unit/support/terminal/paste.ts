import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot } from '../../../host/paths.js';

/** Debian's own, whatever else goes by that name. */
const python = '/usr/bin/python3';

/** Shells as they are in a terminal, without what a person configures, and whether they want to be told what is pasted. */
export const shells = {
  bash: { command: ['bash', '--norc', '--noprofile', '-i'], inputrc: '', marksPaste: true },
  'bash without bracketed paste': {
    command: ['bash', '--norc', '--noprofile', '-i'],
    inputrc: 'set enable-bracketed-paste off\n',
    marksPaste: false,
  },
  dash: { command: ['dash', '-i'], inputrc: '', marksPaste: false },
  zsh: { command: ['zsh', '-f', '-i'], inputrc: '', marksPaste: true },
} as const;

export type ShellId = keyof typeof shells;

/** What became of a text that was pasted, with Enter after it. */
export interface Pasted {
  /** The programs that ran, each with its words. */
  readonly calls: readonly (readonly string[])[];
  /** What curl was given to read; empty where it was not told to. */
  readonly stdin: string;
  /** Files that something else has made. */
  readonly files: readonly string[];
  /** Whether the shell took the next command after it. */
  readonly isWhole: boolean;
}

/** Writes its words down in the place of what a program does. */
const recorder = `#!/bin/sh
printf '%s\\0' $(($# + 1)) "\${0##*/}" "$@" >>"$CALLS"
case "$*" in '--config -') cat >"\${CALLS%calls}stdin" ;; esac
`;

/** Pastes texts one after the other, in a terminal for each session, up to one that leaves its shell in the middle of something. */
export async function pasteInto(
  sessions: readonly { readonly shell: ShellId; readonly texts: readonly string[] }[],
): Promise<readonly (readonly Pasted[])[]> {
  const programs = mkdtempSync(join(tmpdir(), 'signpost-programs-'));
  try {
    for (const name of ['curl', 'wget', 'aws'])
      writeFileSync(join(programs, name), recorder, { mode: 0o755 });
    const child = spawn(python, [join(repositoryRoot(), 'test/unit/support/terminal/paste.py')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const asked = sessions.map(({ shell, texts }) => ({ shell: shells[shell], texts }));
    child.stdin.end(JSON.stringify({ programs, sessions: asked }));
    const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (child.exitCode !== 0) throw new Error('Nothing could be pasted; what Python said is above.');
    return JSON.parse(answer) as readonly (readonly Pasted[])[];
  } finally {
    rmSync(programs, { recursive: true, force: true });
  }
}
