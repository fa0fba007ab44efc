import { readConfig, settingsOf, withSection, writeConfig } from './awsConfig.js';

let soon = new Date(0);

/** When the keys of the profile `soon` expire; those of `past` already have. AWS writes whole seconds. */
export function soonExpiry(): Date {
  return soon;
}

/** Adds profiles with expiring temporary keys for the tests of one suite. */
export function useExpiringKeys(): void {
  let original = '';
  before(async () => {
    original = await readConfig();
    soon = new Date((Math.floor(Date.now() / 1000) + 600) * 1000);
    const token = settingsOf(original, 'profile token');
    const ending = (end: Date) => ({ ...token, aws_expiration: end.toISOString() });
    const withSoon = withSection(original, 'profile soon', ending(soon));
    await writeConfig(withSection(withSoon, 'profile past', ending(new Date(Date.now() - 3_600_000))));
  });
  after(() => writeConfig(original));
}
