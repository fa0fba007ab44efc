/** Puts suites, and the tests within each, in an order that a seed decides. */
export function shuffle(suite: Mocha.Suite, seed: number): void {
  const random = randomOf(seed);
  const shuffleWithin = (one: Mocha.Suite) => {
    permute(one.tests, random);
    permute(one.suites, random);
    one.suites.forEach(shuffleWithin);
  };
  shuffleWithin(suite);
}

/** Fisher and Yates, in place. */
function permute(items: unknown[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}

/** Numbers from 0 to 1, the same for the same seed. Source: mulberry32, Tommy Ettinger, public domain. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
