import type { Profile, Section } from './profiles.js';

/** The name of the profile in {@link formatProfileConfig}: the SDK does not accept every name. */
export const memoryProfile = 'signpost';

/** The text of a config file with one profile and the sso-session that it names. */
export function formatProfileConfig({ settings }: Profile, session: Section | undefined): string {
  const { sso_session: name } = settings;
  const sections = [`[profile ${memoryProfile}]`, ...linesOf(settings)];
  if (name !== undefined && session !== undefined) {
    sections.push(`[sso-session ${name}]`, ...linesOf(session));
  }
  return sections.join('\n');
}

/** Without nested blocks, which a sign-in does not use. */
function linesOf(section: Section): readonly string[] {
  return Object.entries(section)
    .filter(([name]) => !name.includes('.'))
    .map(([name, value]) => `${name} = ${value ?? ''}`);
}
