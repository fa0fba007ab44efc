import { externalDataInterceptor } from '@smithy/core/config';
import { randomUUID } from 'node:crypto';
import type { AwsFileKind } from './sectionNames.js';

/** Where the SDK's readers find the two files. */
export interface MemoryPaths {
  readonly configFilepath: string;
  readonly filepath: string;
}

/** Provides AWS files to the SDK's readers from memory while the work runs. */
export async function withMemoryFiles<Result>(
  { config, credentials }: Readonly<Record<AwsFileKind, string>>,
  work: (paths: MemoryPaths) => Promise<Result>,
): Promise<Result> {
  const id = randomUUID();
  const paths = { configFilepath: `signpost:config:${id}`, filepath: `signpost:credentials:${id}` };
  externalDataInterceptor.interceptFile(paths.configFilepath, config);
  externalDataInterceptor.interceptFile(paths.filepath, credentials);
  try {
    return await work(paths);
  } finally {
    const files = externalDataInterceptor.getFileRecord();
    for (const path of Object.values(paths)) Reflect.deleteProperty(files, path);
  }
}
