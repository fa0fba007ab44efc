import { createHash } from 'node:crypto';
import { nonEmpty, type Environment } from '../environment.js';
import { defaultProfileName, loadAwsFiles, type AwsFiles } from './profiles.js';
import { formatSource, type ConnectionSource } from './source.js';

/**
 * A digest of what a source uses in the AWS files, to detect changes: its profile, the profiles that this one depends
 * on, and the sections that they name. A digest, because these contain secrets. Without a source, only whether there is
 * any profile matters.
 */
export async function digestUsedSettings(
  source: ConnectionSource | undefined,
  env: Environment,
): Promise<string> {
  const files = await loadAwsFiles();
  const used = source === undefined ? files.profiles.size > 0 : settingsUsedBy(source, { files, env });
  const text = JSON.stringify([source === undefined ? '' : formatSource(source), used]);
  return createHash('sha256').update(text).digest('base64');
}

function settingsUsedBy(
  source: ConnectionSource,
  { files, env }: { readonly files: AwsFiles; readonly env: Environment },
): readonly unknown[] {
  if (source.kind === 'connection') return [];
  const { profiles, services, ssoSessions } = files;
  const chain = new Set<string>();
  for (
    let name = source.kind === 'profile' ? source.name : defaultProfileName(env);
    name !== '' && !chain.has(name);
    name = nonEmpty(profiles.get(name)?.settings.source_profile) ?? ''
  ) {
    chain.add(name);
  }
  return [...chain].map((name) => {
    const settings = profiles.get(name)?.settings;
    return [
      name,
      settings,
      services.get(nonEmpty(settings?.services) ?? ''),
      ssoSessions.get(nonEmpty(settings?.sso_session) ?? ''),
    ];
  });
}
