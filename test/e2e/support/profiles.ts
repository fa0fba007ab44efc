import type { StrictCredential } from '../../servers/strictS3/server.js';
import { alice, dave, erin, temporary } from '../../support/identities.js';

/** The identities that the server knows. */
export const credentials: readonly StrictCredential[] = [alice, temporary, dave, erin];

export interface ProfileOptions {
  readonly credential: StrictCredential;
  readonly endpoint: string;
  readonly region?: string;
}

/** A section of the shared config file. */
export function profileSection(name: string, { credential, endpoint, region }: ProfileOptions): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credential;
  return [
    name === 'default' ? '[default]' : `[profile ${name}]`,
    `region = ${region ?? 'us-east-1'}`,
    `endpoint_url = ${endpoint}`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
    '',
  ].join('\n');
}
