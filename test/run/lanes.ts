/** Work that can start when what it needs is ready. */
export interface Piece<Result> {
  /** If it rejects, the piece runs anyway and reports the failure. */
  readonly ready: Promise<unknown>;
  readonly run: () => Promise<Result>;
}

/**
 * Runs pieces in parallel, in their order as far as they are ready, and returns their results in their order.
 * @throws what a run throws
 */
export async function runInLanes<Result>(
  pieces: readonly Piece<Result>[],
  laneCount: number,
): Promise<readonly Result[]> {
  const take = queueOf(pieces);
  const results = new Map<Piece<Result>, Result>();
  const lane = async () => {
    for (let piece = await take(); piece !== undefined; piece = await take())
      results.set(piece, await piece.run());
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
  return pieces.flatMap((piece) => results.get(piece) ?? []);
}

/**
 * Returns the first ready piece that was not returned before, as soon as there is one; undefined after the
 * last.
 */
function queueOf<Result>(pieces: readonly Piece<Result>[]): () => Promise<Piece<Result> | undefined> {
  const ready = new Set<Piece<Result>>();
  const waiting = pieces.map((piece) => ({
    piece,
    settled: piece.ready.catch(() => undefined).then(() => ready.add(piece)),
  }));
  return async () => {
    for (;;) {
      const at = waiting.findIndex(({ piece }) => ready.has(piece));
      if (at >= 0) return waiting.splice(at, 1)[0]?.piece;
      if (waiting.length === 0) return undefined;
      await Promise.race(waiting.map(({ settled }) => settled));
    }
  };
}
