import { externalDataInterceptor } from '@smithy/core/config';
import { randomUUID } from 'node:crypto';
import type { Profile, Section } from './profiles.js';
import type { AwsFileKind } from './sectionNames.js';

/** Where the SDK's readers find the two files. */
export interface MemoryPaths {
  readonly configFilepath: string;
  readonly filepath: string;
}

/** Hands AWS files to the SDK's readers that are on no disk, for as long as the work takes. */
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

/** How {@link oneProfile} calls the profile: the SDK does not take every name. */
export const memoryProfile = 'signpost';

/** A config file with one profile, and with the sso-session that it names. */
export function oneProfile({ settings }: Profile, session: Section | undefined): string {
  const { sso_session: name } = settings;
  const sections = [`[profile ${memoryProfile}]`, ...linesOf(settings)];
  if (name !== undefined && session !== undefined) {
    sections.push(`[sso-session ${name}]`, ...linesOf(session));
  }
  return sections.join('\n');
}

/** Without nested blocks, of which a sign-in takes nothing. */
function linesOf(section: Section): readonly string[] {
  return Object.entries(section)
    .filter(([name]) => !name.includes('.'))
    .map(([name, value]) => `${name} = ${value ?? ''}`);
}
