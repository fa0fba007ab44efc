import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process that ended or was stopped. */
export interface Ended {
  readonly code: number | null;
  /** What it printed, both streams. */
  readonly output: string;
  readonly seconds: number;
  /** Why it was stopped. */
  readonly stopped?: string;
}

// Windows has no process groups, and opens a console for detached processes.
const hasGroups = process.platform !== 'win32';

/** How long its last output may take to arrive after it has ended. */
const graceMs = 2000;

/**
 * Runs a program until it ends or reaches the limit. Kills its children as well, since a process left behind
 * would keep the streams open forever.
 */
export async function runWithin(limitMs: number, program: string, args: readonly string[]): Promise<Ended> {
  const startedMs = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: hasGroups });
  let output = '';
  const collect = (text: string) => (output += text);
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const kill = () => {
    killAll(child);
  };
  process.once('exit', kill);
  const stopped = await hasReached(limitMs, once(child, 'exit'), kill);
  kill();
  process.off('exit', kill);
  if (!child.stdout.closed || !child.stderr.closed) await hasReached(graceMs, once(child, 'close'));
  return {
    code: child.exitCode,
    output,
    seconds: (performance.now() - startedMs) / 1000,
    ...(stopped && { stopped: `was stopped after ${(limitMs / 60_000).toFixed(1)} minutes` }),
  };
}

/** Whether the limit was reached before the event. */
async function hasReached(limitMs: number, event: Promise<unknown>, end?: () => void): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<true>((resolve) => {
    timer = setTimeout(resolve, limitMs, true);
  });
  const reached = await Promise.race([event.then(() => false), limit]);
  clearTimeout(timer);
  if (reached) end?.();
  return reached;
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  } catch {
    // All of its processes have ended.
  }
}
