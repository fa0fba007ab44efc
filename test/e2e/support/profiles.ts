import type { StrictCredential } from '../../servers/strictS3/server.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { alice, dave, erin, temporary } from '../../support/identities.js';

/** The identities that the server knows. */
export const credentials: readonly StrictCredential[] = [alice, temporary, dave, erin];

export interface ProfileOptions {
  readonly credential: StrictCredential;
  readonly endpoint: string;
  readonly region?: string;
}

/** A section of the shared config file. */
export function profileSection(
  name: string,
  { credential, endpoint, region = 'us-east-1' }: ProfileOptions,
): string {
  const section = name === 'default' ? name : `profile ${name}`;
  return profileText(section, { region, endpoint_url: endpoint, ...keySettings(credential) });
}
