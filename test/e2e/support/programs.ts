import { execFile } from 'node:child_process';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
}

/** Runs a program to its end. Drops its error output, which may repeat a link. */
export function run(program: string, args: readonly string[], cwd?: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: 60_000 }, (error, stdout) => {
      const code = error === null ? 0 : error.code;
      resolve({ exitCode: typeof code === 'number' ? code : -1, stdout });
    });
  });
}

/** Runs a command as it would be pasted into a terminal. */
export function runInBash(command: string, cwd: string): Promise<Outcome> {
  return run('bash', ['--norc', '-c', command], cwd);
}
