import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects unreachable objects and runs what waits for that: finalizers, and then what they release. */
export async function collectGarbage(): Promise<void> {
  for (let count = 0; count < 2; count += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
