import { readFile } from 'node:fs/promises';
import type { Workbench } from '../../host/workbench/workbench.js';

/** A text that is searched for secrets, and the name it is reported under. */
export interface Trace {
  readonly name: string;
  readonly text: string;
}

/** Everything that a window logged and stored. */
export async function readTraces(workbench: Workbench): Promise<readonly Trace[]> {
  const logs = await Promise.all(
    (await workbench.logFiles()).map(async (path) => ({ name: path, text: await readFile(path, 'utf8') })),
  );
  return [
    ...logs,
    { name: 'the output of the server', text: workbench.serverOutput() },
    { name: 'the stored state and settings', text: await workbench.storedState() },
  ];
}

/** The log files of the extension's output channel. */
export function channelLogs(traces: readonly Trace[]): readonly Trace[] {
  return traces.filter(({ name }) => /[^/]*signpost[^/]*\/[^/]*\.log$|Signpost\.log$/i.test(name));
}
