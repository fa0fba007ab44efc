import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** The window whose turn it is shows so often that it still runs. */
const beatMs = 1000;
/** After this silence the window is taken to have crashed during its turn. */
const patienceMs = 10_000;
/** Between an answer to another program and what that program writes into the file. */
const writingMs = 500;
const pollMs = 25;
/** The SDK renews a session in its last five minutes. */
const renewedBeforeMs = 5 * 60_000;

interface TurnOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits, and rejects when the signal is aborted; by this machine's timers by default. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

interface RenewalOptions extends TurnOptions {
  /** Whether the service was asked and refused: the refresh token may have been spent by another program. */
  readonly isRefused: () => boolean;
}

/**
 * Has a session renewed by work that reads its token file. Several windows, each of them a process, share the file, and
 * a refresh token is taken once: they renew in turn, and the next one finds what the last one wrote. AWS CLI and other
 * programs do not wait for their turn, so after a refusal the work is done again if the file has changed.
 * @throws what the work throws; an AbortError when the signal is aborted
 */
export async function renewInTurn<Result>(
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
  return inTurn(file, renew, { signal });
}

/**
 * Does work on a token file while no other window does. Goes ahead without a turn where none can be had: in a folder
 * that cannot be written to, or where something other than a folder has the name of the lock.
 * @throws what the work throws; an AbortError when the signal is aborted
 */
export async function inTurn<Result>(
  file: string,
  work: () => Promise<Result>,
  options: TurnOptions,
): Promise<Result> {
  const lock = { path: `${file}.signpost-lock`, id: randomUUID() };
  if (!(await takeTurn(lock, options))) return work();
  const end = new AbortController();
  void showLife(join(lock.path, lock.id), { ...options, signal: end.signal });
  try {
    return await work();
  } finally {
    end.abort();
    await release(lock);
  }
}

/**
 * A folder with one file, named by the turn that holds the lock. A rename puts the folder there with its file, and only
 * where there is none or an empty one. All that is ever removed is a file of one turn and an empty folder, so no window
 * removes the lock of another by mistake, however late it acts.
 */
interface Lock {
  readonly path: string;
  readonly id: string;
}

/** False where no lock can be taken. */
async function takeTurn(lock: Lock, { signal, wait = waitFor }: TurnOptions): Promise<boolean> {
  let before: readonly Holder[] = [];
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const holders = await readHolders(lock.path);
    if (holders.length === 0) {
      const taken = await take(lock);
      if (taken !== 'held') return taken === 'taken';
    }
    if (!isDeepStrictEqual(holders, before)) waitedMs = 0;
    before = holders;
    // Polls are counted, not the clock: after the machine slept, the other window has not had the time to show itself.
    if (waitedMs >= patienceMs) {
      if (holders.length === 0) return false;
      for (const { id } of holders) if (!(await release({ ...lock, id }))) return false;
    }
    await wait(pollMs, signal);
  }
}

interface Holder {
  readonly id: string;
  /** Changes as long as the window runs. */
  readonly shownAtMs: number;
}

/** One, as a rule: another program may have left a file beside it. */
async function readHolders(path: string): Promise<readonly Holder[]> {
  const ids = await readdir(path).catch(() => []);
  const holders = await Promise.all(
    ids.sort().map(async (id) => {
      const file = await lstat(join(path, id)).catch(() => undefined);
      return file === undefined ? [] : [{ id, shownAtMs: file.mtimeMs }];
    }),
  );
  return holders.flat();
}

async function take({ path, id }: Lock): Promise<'taken' | 'held' | 'none'> {
  const own = `${path}.${id}`;
  try {
    await mkdir(own);
    await writeFile(join(own, id), '');
  } catch {
    await remove(own);
    return 'none';
  }
  try {
    // Windows renames nothing to an empty folder.
    await rmdir(path).catch(() => undefined);
    await rename(own, path);
    return 'taken';
  } catch {
    await remove(own);
    return (await isOtherThanFolder(path)) ? 'none' : 'held';
  }
}

function isOtherThanFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

/** Whether the turn does not hold the lock any longer. */
async function release({ path, id }: Lock): Promise<boolean> {
  const isReleased = await rm(join(path, id), { force: true }).then(
    () => true,
    () => false,
  );
  await rmdir(path).catch(() => undefined);
  return isReleased;
}

/** Until the signal is aborted. */
async function showLife(path: string, { signal, wait = waitFor }: TurnOptions): Promise<void> {
  while (signal?.aborted === false) {
    const now = new Date();
    // Fails where another window has taken over.
    await utimes(path, now, now).catch(() => undefined);
    await wait(beatMs, signal).catch(() => undefined);
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
  { before, signal }: TurnOptions & { readonly before: string | undefined },
): Promise<boolean> {
  const end = Date.now() + writingMs;
  while ((await readText(file)) === before) {
    if (Date.now() >= end) return false;
    await pause(pollMs, undefined, { signal });
  }
  return true;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** By this machine's clock, like the SDK. */
function isDue(text: string): boolean {
  return !(expiryMs(text) > Date.now() + renewedBeforeMs);
}

/** NaN where the file does not say it. */
function expiryMs(text: string): number {
  try {
    const token = JSON.parse(text) as { expiresAt?: unknown; accessToken?: { expiresAt?: unknown } };
    return Date.parse(String(token.expiresAt ?? token.accessToken?.expiresAt));
  } catch {
    return NaN;
  }
}
