import { unwatchFile, watchFile } from 'node:fs';
import { awsFilePaths } from './homeFolder.js';
import type { Environment } from '../environment.js';
import type { ConnectionSource } from './source.js';
import { digestUsedSettings } from './usedSettings.js';

const pollMs = 1000;

/** Watches until it is disposed of. */
export interface FilesWatch {
  dispose(): void;
}

/**
 * Calls back when the shared AWS files change in a way that affects a source. Polls every second: that works for files
 * and folders that do not exist, on every platform and on network drives, where notifications do not.
 */
export function watchAwsFiles(
  {
    source,
    env,
  }: { readonly source: () => Promise<ConnectionSource | undefined>; readonly env: Environment },
  onChange: () => void,
): FilesWatch {
  const read = async () => digestUsedSettings(await source(), env);
  const before = read();
  const { config, credentials } = awsFilePaths(env);
  return watchFiles([config, credentials], () => {
    void Promise.all([before, read()]).then(([then, now]) => {
      if (now !== then) onChange();
    });
  });
}

/** Calls back when one of the files is changed, created or removed. */
export function watchFiles(files: readonly string[], onChange: () => void): FilesWatch {
  const listener = (
    current: { mtimeMs: number; size: number },
    previous: { mtimeMs: number; size: number },
  ) => {
    if (current.mtimeMs !== previous.mtimeMs || current.size !== previous.size) onChange();
  };
  for (const file of files) watchFile(file, { interval: pollMs, persistent: false }, listener);
  return {
    dispose: () => {
      for (const file of files) unwatchFile(file, listener);
    },
  };
}
