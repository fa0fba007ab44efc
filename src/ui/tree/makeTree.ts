import { formatSource } from '../../core/connection/profiles/source.js';
import type { Signer } from '../app.js';
import { sourceName } from '../connection/sourceNames.js';
import type { Shown } from '../messages/shown.js';
import type { logAndExplain } from '../messages/logAndExplain.js';
import { BucketTree, type TreeParts } from './bucketTree.js';

interface LateParts extends TreeParts {
  readonly logAndExplain: typeof logAndExplain;
}

interface MakeOptions {
  readonly load: () => Promise<LateParts>;
  /** Called with the source whose buckets are listed. */
  readonly onSource: (name: Shown | undefined, sourceId: string) => void;
}

/** The tree of the session's connection. */
export function makeTree(
  { log, memory, connections, session }: Signer,
  { load, onSource }: MakeOptions,
): BucketTree {
  return new BucketTree({
    session,
    load,
    onSource: (source) => {
      onSource(
        source === undefined ? undefined : sourceName(source, connections),
        source === undefined ? '' : formatSource(source),
      );
    },
    addedBuckets: (sourceId) => memory.addedBuckets(sourceId),
    tellProblem: async (error) => {
      const { logAndExplain } = await load();
      return logAndExplain(log, { what: 'listing', error, usesConnection: session.usesConnection });
    },
  });
}
