import { spawn, type ChildProcess } from 'node:child_process';
import { poll } from '../support/poll.js';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end and returns its standard output.
 * @throws Error with the end of everything it printed when it fails.
 */
export async function runToEnd(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let all = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    all += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => (all += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`"${program} ${args.join(' ')}" failed with code ${String(code)}:\n${all.slice(-2000)}`);
  }
  return output;
}

/** A program in its own process group, so that its children end with it. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Ends the program and its children; settles when they are gone. */
  end(): Promise<void>;
}

/** Starts a program as the leader of its own process group. The group also ends when this process exits. */
export function startGroup(program: string, args: readonly string[], options: RunOptions = {}): ProcessGroup {
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (data: Buffer) => (output += data.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.once('error', (error) => (output += error.message));
  const endAtExit = () => signalGroup(child.pid, 'SIGKILL');
  process.once('exit', endAtExit);
  return {
    child,
    output: () => output,
    end: async () => {
      process.off('exit', endAtExit);
      await endGroup(child.pid);
    },
  };
}

async function endGroup(leader: number | undefined): Promise<void> {
  signalGroup(leader, 'SIGTERM');
  try {
    await poll(() => !signalGroup(leader, 0), { what: 'processes to end', limitMs: 3000 });
  } catch {
    signalGroup(leader, 'SIGKILL');
  }
}

/** Whether the signal found the group. Signal 0 only checks. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (leader === undefined) return false;
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
