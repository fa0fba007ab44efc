import { Random } from './random.js';

/**
 * The variable with a seed, a whole number: each suite then runs its tests in an order that the seed decides.
 */
const SHUFFLE_VARIABLE = 'SIGNPOST_SHUFFLE';

/** The items in an order that the seed decides. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = new Random(seed);
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** The part of mocha's suite that shuffling needs. */
interface Suite {
  tests: unknown[];
  suites: Suite[];
}

/** Shuffles the tests of a suite and its inner suites by the seed; without one, leaves the order. */
export function shuffleTests(suite: Suite, seed = process.env[SHUFFLE_VARIABLE]): void {
  if (seed === undefined) return;
  suite.tests = shuffled(suite.tests, Number(seed));
  suite.suites = shuffled(suite.suites, Number(seed));
  for (const inner of suite.suites) shuffleTests(inner, seed);
}
