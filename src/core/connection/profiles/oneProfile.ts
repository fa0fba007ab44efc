import type { Profile, Section } from './profiles.js';

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
