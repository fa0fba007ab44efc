import { readFile } from 'node:fs/promises';
import type { Workbench } from '../../host/workbench/workbench.js';

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

/** What signs the links and forms in texts that were handed out: signatures, tokens and policies. */
export function secretsIn(texts: readonly string[]): readonly string[] {
  const names = 'X-Amz-Signature|X-Amz-Security-Token|policy';
  // As a query has it, as a URL within a URL, as JSON and as a field of an HTML form.
  const pattern = new RegExp(`(?:${names})(?:=|%3D|"\\s*:\\s*"|"\\s+value=")([\\w%+/=-]{16,})`, 'gi');
  return texts.flatMap((text) => [...text.matchAll(pattern)].flatMap(({ 1: value }) => value ?? []));
}

/** What no text may hold, of anybody's link, in any spelling. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a link with its signature': /X-Amz-Signature"?(?:=|%3D|\s*:\s*")[0-9a-f]{8}/i,
  'a link with its session token': /X-Amz-Security-Token"?(?:=|%3D|\s*:\s*")[\w%+/]{8}/i,
  'a signed header': /AWS4-HMAC-SHA256\s+Credential/i,
};

/**
 * What was found and where, in words that repeat none of it. `secrets` are looked for as they are and as a URL
 * writes them.
 */
export function findLeaks(traces: readonly Trace[], secrets: Readonly<Record<string, string>>): string[] {
  return traces.flatMap(({ name, text }) => [
    ...Object.entries(patterns)
      .filter(([, pattern]) => pattern.test(text))
      .map(([what]) => `${what} in ${name}`),
    ...Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([what]) => `${what} in ${name}`),
  ]);
}
