import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot } from '../../../host/paths.js';

/** Debian's own, whatever comes first in PATH. */
const python = '/usr/bin/python3';

/** Interactive shells without the user's configuration, and whether they use bracketed paste. */
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

/** The result of pasting a text and pressing Enter. */
export interface Pasted {
  /** The programs that ran, each with its arguments. */
  readonly calls: readonly (readonly string[])[];
  /** The standard input of curl; empty if curl was not told to read it. */
  readonly stdin: string;
  /** Files that were created in other ways. */
  readonly files: readonly string[];
  /** Whether the shell accepted the next command. */
  readonly isWhole: boolean;
}

/** Stands in for a program and records its arguments. */
const recorder = `#!/bin/sh
printf '%s\\0' $(($# + 1)) "\${0##*/}" "$@" >>"$CALLS"
case "$*" in '--config -') cat >"\${CALLS%calls}stdin" ;; esac
`;

/**
 * Pastes texts one after the other, in a terminal for each session; stops after a text that leaves its shell
 * waiting for more.
 */
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
