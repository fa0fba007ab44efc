import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether the process is running and was started with this folder; the system reuses ids. */
async function isOurs(pid: number, dir: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes(dir);
}

async function readPids(dir: string): Promise<number[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.pid'));
  const texts = await Promise.all(names.map((name) => readFile(`${dir}/${name}`, 'utf8')));
  return texts.map(Number).filter((pid) => Number.isInteger(pid) && pid > 1);
}

async function signalAll(pids: readonly number[], dir: string, signal: NodeJS.Signals): Promise<number> {
  let alive = 0;
  for (const pid of pids) {
    if (!(await isOurs(pid, dir))) continue;
    alive += 1;
    try {
      process.kill(pid, signal);
    } catch {
      // It ended between the check and the signal.
    }
  }
  return alive;
}

/** Ends the processes whose ids are in `DIR/*.pid`; those that do not end within 2 seconds are killed. */
export async function endProcesses(dir: string): Promise<void> {
  const pids = await readPids(dir);
  const patienceMs = 2000;
  const deadline = Date.now() + patienceMs;
  // A memory-backed store has nothing to save, so a second SIGTERM does no harm.
  while ((await signalAll(pids, dir, 'SIGTERM')) > 0) {
    if (Date.now() > deadline) {
      await signalAll(pids, dir, 'SIGKILL');
      return;
    }
    await wait(50);
  }
}
