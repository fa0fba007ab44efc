import { readFile } from 'node:fs/promises';
import type { Workbench } from '../../host/workbench/workbench.js';
import type { RequestRecord } from '../../servers/strictS3/server.js';

/** A text in which a secret was looked for, by the name it is reported under. */
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

/** Signatures that a server saw in links. */
export function signaturesOf(requests: readonly RequestRecord[]): readonly string[] {
  return requests.flatMap(({ path }) => /[?&]X-Amz-Signature=([0-9a-f]+)/.exec(path)?.[1] ?? []);
}

/**
 * What was found and where, in words that repeat none of it. `secrets` are looked for as they are and as a URL
 * writes them.
 */
export function findLeaks(traces: readonly Trace[], secrets: Readonly<Record<string, string>>): string[] {
  return traces.flatMap(({ name, text }) => [
    ...(/X-Amz-Signature(?:=|%3D)[0-9a-f]{8}/i.test(text) ? [`a link with its signature in ${name}`] : []),
    ...Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([what]) => `${what} in ${name}`),
  ]);
}
