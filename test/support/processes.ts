import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; rejects if it cannot be started or is killed. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ exitCode: code, stdout, stderr });
      // Its own message quotes the arguments, which may be links.
      else reject(new Error(`${program} did not run to its end: ${String(code ?? error?.signal)}`));
    });
  });
}

/** Runs a command as if pasted into a terminal. */
export function runInBash(command: string, cwd: string): Promise<Outcome> {
  return run('bash', ['--norc', '-c', command], { cwd });
}

/** Treats a process as ended once it has exited, even if its parent has not collected its status. */
export function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  if (existsSync(stat)) return !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
