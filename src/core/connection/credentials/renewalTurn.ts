import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../writeFailure.js';

/** How long one renewal may keep the others waiting. */
const patienceMs = 10_000;
/** Between an answer to another program and what that program writes into the file. */
const writingMs = 500;
const pollMs = 25;
/** The SDK renews a session in its last five minutes. */
const renewedBeforeMs = 5 * 60_000;

interface TurnOptions {
  readonly signal?: AbortSignal | undefined;
}

interface RenewalOptions extends TurnOptions {
  /** Whether the service was asked and refused: the refresh token may have been spent by another program. */
  readonly isRefused: () => boolean;
}

/**
 * Has a session renewed by work that reads its token file. Several windows, each of them a process, share the file, and
 * a refresh token is taken once: they renew in turn, and the next one finds what the last one wrote. AWS CLI and other
 * programs do not wait for their turn, so after a refusal the work is done again if the file has changed.
 * @throws what the work throws; the signal's reason when it is aborted
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
 * that cannot be written to, or when the other window takes too long or has ended.
 * @throws what the work throws; the signal's reason when it is aborted
 */
export async function inTurn<Result>(
  file: string,
  work: () => Promise<Result>,
  { signal }: TurnOptions,
): Promise<Result> {
  const lock = { path: `${file}.lock`, id: randomUUID() };
  const end = Date.now() + patienceMs;
  let turn = await takeTurn(lock);
  while (turn === 'wait' && Date.now() < end) {
    await pause(pollMs, undefined, { signal });
    turn = await takeTurn(lock);
  }
  try {
    return await work();
  } finally {
    // Another window may have taken it over.
    if (turn === 'taken' && (await readText(lock.path)) === lock.id) await remove(lock.path);
  }
}

interface Lock {
  readonly path: string;
  /** What this turn writes into it. */
  readonly id: string;
}

/** Takes the lock, or finds that it has to be waited for, or that there is no way to take one. */
async function takeTurn(lock: Lock): Promise<'taken' | 'wait' | 'none'> {
  try {
    await writeFile(lock.path, lock.id, { flag: 'wx' });
    return 'taken';
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return 'none';
    if (await isAbandoned(lock.path)) await takeAway(lock);
    return 'wait';
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const takenAtMs = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  // A time to come is that of a clock that was set, and would never be over.
  return takenAtMs !== undefined && Math.abs(Date.now() - takenAtMs) > patienceMs;
}

/** Of several windows, one can rename it. What turns out to be the lock of another window is put back. */
async function takeAway({ path, id }: Lock): Promise<void> {
  const away = `${path}.${id}`;
  try {
    await rename(path, away);
    if (await isAbandoned(away)) await remove(away);
    else await rename(away, path);
  } catch {
    // Another window was quicker.
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
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
