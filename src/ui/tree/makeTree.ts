import { formatSource } from '../../core/connection/profiles/source.js';
import type { SigningApp } from '../app.js';
import { sourceName } from '../connection/sourceNames.js';
import type { SafeText } from '../messages/safeText.js';
import type { logAndExplain } from '../messages/logAndExplain.js';
import { BucketTree, type TreeParts } from './bucketTree.js';

interface LazyParts extends TreeParts {
  readonly logAndExplain: typeof logAndExplain;
}

interface MakeOptions {
  readonly load: () => Promise<LazyParts>;
  /** Called with the source whose buckets are listed. */
  readonly onSource: (name: SafeText | undefined, sourceId: string) => void;
}

/** The tree of the session's connection. */
export function makeTree(
  { log, memory, connections, session }: SigningApp,
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
    explainProblem: async (error) => {
      const { logAndExplain } = await load();
      return logAndExplain(log, { what: 'listing', error, usesConnection: session.usesConnection });
    },
  });
}
