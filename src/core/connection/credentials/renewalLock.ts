import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** How often the window that has the turn shows that it is still running. */
const heartbeatMs = 1000;
/** After this long without a sign of life, the window is assumed to have crashed during its turn. */
const staleAfterMs = 10_000;
/** How long another program may take to write the response it received to the file. */
const writeGraceMs = 500;
const pollMs = 25;
/** The SDK renews a session in its last five minutes. */
const renewalWindowMs = 5 * 60_000;

interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits, and rejects when the signal is aborted; uses this machine's timers by default. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

interface RenewalOptions extends LockOptions {
  /** Whether the service refused a request: another program may have used the refresh token. */
  readonly isRefused: () => boolean;
}

/**
 * Renews a session with work that reads its token file. Several windows, each of them a process, share the file, and a
 * refresh token can be used only once: they take turns, and each finds what the previous one wrote. The AWS CLI and
 * other programs do not take turns, so after a refusal the work is repeated if the file has changed.
 * @throws what the work throws; an AbortError when the signal is aborted
 */
export async function renewWithLock<Result>(
  file: string,
  work: () => Promise<Result>,
  { signal, isRefused }: RenewalOptions,
): Promise<Result> {
  const text = await readText(file);
  if (text === undefined || !isDue(text)) return work();
  const renew = async () => {
    const before = await readText(file);
    try {
      return await work();
    } catch (error) {
      if (!isRefused() || !(await isRewritten(file, { before, signal }))) throw error;
      return work();
    }
  };
  return withLock(file, renew, { signal });
}

/**
 * Does work on a token file while no other window does. Goes ahead without a lock if none can be taken: in a folder
 * that is not writable, or if something other than a folder has the name of the lock.
 * @throws what the work throws; an AbortError when the signal is aborted
 */
export async function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  options: LockOptions,
): Promise<Result> {
  const lock = { path: `${file}.signpost-lock`, id: randomUUID() };
  if (!(await acquireLock(lock, options))) return work();
  const end = new AbortController();
  void keepAlive(join(lock.path, lock.id), { ...options, signal: end.signal });
  try {
    return await work();
  } finally {
    end.abort();
    await release(lock);
  }
}

/**
 * A folder with one file, named after the turn that holds the lock. A rename creates the folder together with its file,
 * and only succeeds if there is no such folder or an empty one. Only the file of one turn and empty folders are ever
 * removed, so no window removes another's lock by mistake, however late it acts.
 */
interface Lock {
  readonly path: string;
  readonly id: string;
}

/** False if no lock can be taken. */
async function acquireLock(lock: Lock, { signal, wait = waitFor }: LockOptions): Promise<boolean> {
  let before: readonly Holder[] = [];
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const holders = await readHolders(lock.path);
    if (holders.length === 0) {
      const taken = await tryAcquire(lock);
      if (taken !== 'held') return taken === 'taken';
    }
    if (!isDeepStrictEqual(holders, before)) waitedMs = 0;
    before = holders;
    // Counts polls, not time: after the machine slept, the other window has had no chance to show a sign of life.
    if (waitedMs >= staleAfterMs) {
      if (holders.length === 0) return false;
      for (const { id } of holders) if (!(await release({ ...lock, id }))) return false;
    }
    await wait(pollMs, signal);
  }
}

interface Holder {
  readonly id: string;
  /** Keeps changing while the window runs. */
  readonly heartbeatAtMs: number;
}

/** Usually one; another program may have left a file in the folder. */
async function readHolders(path: string): Promise<readonly Holder[]> {
  const ids = await readdir(path).catch(() => []);
  const holders = await Promise.all(
    ids.sort().map(async (id) => {
      const file = await lstat(join(path, id)).catch(() => undefined);
      return file === undefined ? [] : [{ id, heartbeatAtMs: file.mtimeMs }];
    }),
  );
  return holders.flat();
}

async function tryAcquire({ path, id }: Lock): Promise<'taken' | 'held' | 'none'> {
  const own = `${path}.${id}`;
  try {
    await mkdir(own);
    await writeFile(join(own, id), '');
  } catch {
    await remove(own);
    return 'none';
  }
  try {
    // Windows cannot rename onto an empty folder.
    await rmdir(path).catch(() => undefined);
    await rename(own, path);
    return 'taken';
  } catch {
    await remove(own);
    return (await isNotFolder(path)) ? 'none' : 'held';
  }
}

function isNotFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

/** Whether the turn no longer holds the lock. */
async function release({ path, id }: Lock): Promise<boolean> {
  const isReleased = await rm(join(path, id), { force: true }).then(
    () => true,
    () => false,
  );
  await rmdir(path).catch(() => undefined);
  return isReleased;
}

/** Runs until the signal is aborted. */
async function keepAlive(path: string, { signal, wait = waitFor }: LockOptions): Promise<void> {
  while (signal?.aborted === false) {
    const now = new Date();
    // Fails if another window has taken over.
    await utimes(path, now, now).catch(() => undefined);
    await wait(heartbeatMs, signal).catch(() => undefined);
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return pause(ms, undefined, { signal });
}

async function isRewritten(
  file: string,
  { before, signal }: LockOptions & { readonly before: string | undefined },
): Promise<boolean> {
  const end = Date.now() + writeGraceMs;
  while ((await readText(file)) === before) {
    if (Date.now() >= end) return false;
    await pause(pollMs, undefined, { signal });
  }
  return true;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** Uses this machine's clock, like the SDK. */
function isDue(text: string): boolean {
  return !(expiryMs(text) > Date.now() + renewalWindowMs);
}

/** NaN if the file does not contain it. */
function expiryMs(text: string): number {
  try {
    const token = JSON.parse(text) as { expiresAt?: unknown; accessToken?: { expiresAt?: unknown } };
    return Date.parse(String(token.expiresAt ?? token.accessToken?.expiresAt));
  } catch {
    return NaN;
  }
}
