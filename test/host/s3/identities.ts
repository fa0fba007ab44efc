import type { StrictCredential } from '../../servers/strictS3/server.js';

/** Identities that the servers know. No log may contain their secrets. */
export const identities = {
  alice: {
    accessKeyId: 'AKIAALICE0000000TEST',
    secretAccessKey: 'alice/secret+0123456789abcdefghijklmnop',
  },
  temporary: {
    accessKeyId: 'ASIATEMPORARY000TEST',
    secretAccessKey: 'temporary/secret+0123456789abcdefghijkl',
    sessionToken: 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJH+a/b==',
  },
  ended: {
    accessKeyId: 'ASIAENDED0000000TEST',
    secretAccessKey: 'ended/secret+0123456789abcdefghijklmnop',
    sessionToken: 'FwoGZXIvYXdzEND//////////wEaDA==',
    expired: true,
  },
  /** May not list buckets. */
  dave: {
    accessKeyId: 'AKIADAVE00000000TEST',
    secretAccessKey: 'dave/secret+0123456789abcdefghijklmnopq',
    denied: ['ListBuckets'],
  },
  /** Known to the other server only. */
  bob: {
    accessKeyId: 'AKIABOB000000000TEST',
    secretAccessKey: 'bob/secret+0123456789abcdefghijklmnopqr',
  },
} as const satisfies Record<string, StrictCredential>;

/** How the profile `portal` signs in. */
export const signIn = {
  session: 'integration',
  startUrl: 'https://signpost.awsapps.com/start',
  region: 'us-east-1',
  accountId: '123456789012',
  roleName: 'Reader',
  accessToken: 'integration-access-token-0123456789',
} as const;

/** The role that the keys of `alice` may assume. */
export const roleArn = 'arn:aws:iam::123456789012:role/integration';

/** Input and output of a credential_process. Nothing may repeat them. */
export const processSecrets = {
  given: 'given/secret+0123456789abcdefghijklmnop',
  printed: 'printed/secret+0123456789abcdefghijklmn',
  complained: 'complained/secret+0123456789abcdefghijk',
} as const;

/** The secret of none of them. */
export const wrongSecret = 'wrong/secret+0123456789abcdefghijklmnop';
