/** The processor time of the work in milliseconds, hardly affected by other load on the machine. */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The processor time, in milliseconds, of work that waits, and of everything else this process does until then. */
export async function processorMsUntil(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** In milliseconds. */
export interface Times {
  readonly short: number;
  readonly long: number;
}

/**
 * The shortest of several times, in turn: in some rounds the engine compiles patterns or collects garbage.
 */
export function minOfEach(
  short: () => unknown,
  long: () => unknown,
  isFine: (times: Times) => boolean,
): Times {
  let least: Times = { short: Infinity, long: Infinity };
  for (let rounds = 6; rounds > 0 && !isFine(least); rounds -= 1) {
    least = {
      short: Math.min(least.short, processorMs(short)),
      long: Math.min(least.long, processorMs(long)),
    };
  }
  return least;
}

/** How many times longer the long text of {@link isLinear} is. */
export const growth = 4;

/** Whether reading grows in proportion to the text. Quick readings are too short to compare. */
export function isLinear({ short, long }: Times): boolean {
  return long < 200 || long < 2.5 * growth * short;
}
