import { open, readFile, rm, stat } from 'node:fs/promises';
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
  const lock = `${file}.lock`;
  const end = Date.now() + patienceMs;
  while (!(await isFree(lock)) && Date.now() < end) await pause(pollMs, undefined, { signal });
  try {
    return await work();
  } finally {
    await rm(lock, { force: true }).catch(() => undefined);
  }
}

/** Takes the lock, or finds that there is no reason or no way to wait for it. */
async function isFree(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return true;
    const takenAtMs = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    return takenAtMs !== undefined && takenAtMs < Date.now() - patienceMs;
  }
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
