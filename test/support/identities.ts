import type { StrictCredential } from '../servers/strictS3/server.js';

/** Long-term keys that may do everything. */
export const alice = {
  accessKeyId: 'AKIAALICE0000000TEST',
  secretAccessKey: 'alice/secret+0123456789abcdefghijklmnop',
} as const satisfies StrictCredential;

/** Temporary keys, which S3 refuses without their session token. */
export const temporary = {
  accessKeyId: 'ASIATEMPORARY000TEST',
  secretAccessKey: 'temporary/secret+0123456789abcdefghijkl',
  sessionToken: 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJH+a/b==',
} as const satisfies StrictCredential;

/** Temporary keys that have expired. */
export const expired = {
  accessKeyId: 'ASIAEXPIRED00000TEST',
  secretAccessKey: 'expired/secret+0123456789abcdefghijklmn',
  sessionToken: 'FwoGZXIvYXdzEND//////////wEaDA==',
  expired: true,
} as const satisfies StrictCredential;

/** Known only to another server. */
export const bob = {
  accessKeyId: 'AKIABOB000000000TEST',
  secretAccessKey: 'bob/secret+0123456789abcdefghijklmnopqr',
} as const satisfies StrictCredential;

/** Cannot list buckets. */
export const dave = {
  accessKeyId: 'AKIADAVE00000000TEST',
  secretAccessKey: 'dave/secret+0123456789abcdefghijklmnopq',
  denied: ['ListBuckets'],
} as const satisfies StrictCredential;

/** Cannot read object metadata. */
export const erin = {
  accessKeyId: 'AKIAERIN00000000TEST',
  secretAccessKey: 'erin/secret+0123456789abcdefghijklmnopq',
  denied: ['HeadObject'],
} as const satisfies StrictCredential;

/** Can sign, but S3 refuses every request. */
export const mallory = {
  accessKeyId: 'AKIAMALLORY00000TEST',
  secretAccessKey: 'mallory/secret+0123456789abcdefghijklmn',
  denied: ['ListBuckets', 'HeadBucket', 'ListObjectsV2', 'HeadObject', 'GetObject', 'PutObject'],
} as const satisfies StrictCredential;

/** All of them. No log, message or stored state may contain their secrets. */
export const identities: Readonly<Record<string, StrictCredential>> = {
  alice,
  temporary,
  expired,
  bob,
  dave,
  erin,
  mallory,
};

/** A secret key that belongs to none of them. */
export const wrongSecret = 'wrong/secret+0123456789abcdefghijklmnop';

/** Input and output of a credential_process, which Signpost must not repeat. */
export const processSecrets = {
  given: 'given/secret+0123456789abcdefghijklmnop',
  printed: 'printed/secret+0123456789abcdefghijklmn',
  complained: 'complained/secret+0123456789abcdefghijk',
} as const;

/** How the profile `portal` signs in. */
export const signIn = {
  session: 'integration',
  startUrl: 'https://signpost.awsapps.com/start',
  region: 'us-east-1',
  accountId: '123456789012',
  roleName: 'Reader',
  accessToken: 'integration-access-token-0123456789',
} as const;

/** A role that `alice` can assume. */
export const roleArn = 'arn:aws:iam::123456789012:role/integration';
