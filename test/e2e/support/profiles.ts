import type { StrictCredential } from '../../servers/strictS3/server.js';

/** Long-term keys. */
export const longTerm = {
  accessKeyId: 'AKIASIGNPOSTE2E00001',
  secretAccessKey: 'e2e+long/term+secret+access+key/00000001',
} as const satisfies StrictCredential;

/** Temporary keys, which are refused without their session token. */
export const temporary = {
  accessKeyId: 'ASIASIGNPOSTE2E00002',
  secretAccessKey: 'e2e+temporary/secret+access+key/00000002',
  sessionToken: `FwoGZXIvYXdzE2E//${'e2eSessionToken'.repeat(12)}==`,
} as const satisfies StrictCredential;

/** Keys that may do everything except list buckets. */
export const narrow = {
  accessKeyId: 'AKIASIGNPOSTE2E00003',
  secretAccessKey: 'e2e+narrow/secret+access+key/00000000003',
  denied: ['ListBuckets'],
} as const satisfies StrictCredential;

/** Keys that may list and write, but not read object metadata. */
export const blind = {
  accessKeyId: 'AKIASIGNPOSTE2E00004',
  secretAccessKey: 'e2e+blind/secret+access+key/000000000004',
  denied: ['HeadObject'],
} as const satisfies StrictCredential;

export const credentials: readonly StrictCredential[] = [longTerm, temporary, narrow, blind];

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
