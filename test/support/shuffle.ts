/** The variable that holds a seed, a whole number: each suite then runs its tests in an order that the seed decides. */
const SHUFFLE_VARIABLE = 'SIGNPOST_SHUFFLE';

/** The items in an order that the seed decides. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomNumbers(seed);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Numbers from 0 to 1, by mulberry32 (https://github.com/cprosche/mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As much of a suite of mocha's as is put in another order. */
interface Suite {
  tests: unknown[];
  suites: Suite[];
}

/** Puts the tests of a suite and of those in it in the order of the seed; leaves them where there is none. */
export function shuffleTests(suite: Suite, seed = process.env[SHUFFLE_VARIABLE]): void {
  if (seed === undefined) return;
  suite.tests = shuffled(suite.tests, Number(seed));
  suite.suites = shuffled(suite.suites, Number(seed));
  for (const inner of suite.suites) shuffleTests(inner, seed);
}
