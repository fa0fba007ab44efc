import type { BySigner, Explanation, Remedy } from './message.js';

/** The same for every signer. */
function retry(text: string): BySigner<Explanation> {
  const explanation = { message: { text }, remedy: 'retry' } as const;
  return { profile: explanation, connection: explanation };
}

/** Sentences about the settings of the signer, which are put right in different places. */
function bySigner(sentences: BySigner<string>, remedy: Remedy): BySigner<Explanation> {
  return {
    profile: { message: { text: sentences.profile }, remedy },
    connection: { message: { text: sentences.connection }, remedy: 'editConnection' },
  };
}

const unknownAccessKey = bySigner(
  {
    profile: 'S3 does not know the access key of this profile. Select another profile or correct its keys.',
    connection: 'S3 does not know the access key of this connection. Correct its keys.',
  },
  'selectProfile',
);
const wrongSignature = bySigner(
  {
    profile:
      'S3 refused the signature: the secret key of this profile is probably wrong. Correct it or select another profile.',
    connection: 'S3 refused the signature: the secret key of this connection is probably wrong. Correct it.',
  },
  'selectProfile',
);
const expiredCredentials = bySigner(
  {
    profile:
      'The temporary credentials of this profile have ended or are not valid. Renew them or select another profile.',
    connection: 'The temporary keys of this connection have ended or are not valid. Enter fresh ones.',
  },
  'selectProfile',
);
export const accessDenied = bySigner(
  {
    profile: 'S3 denied access: this profile lacks the permission. Ask for it or select another profile.',
    connection:
      'S3 denied access: the keys of this connection lack the permission. Ask for it, or enter other keys.',
  },
  'selectProfile',
);
const wrongRegion =
  'S3 wants another region than the one that was signed for. Correct the region, then try again.';
export const wrongEndpoint = bySigner(
  {
    profile:
      'The bucket is reached at another endpoint than the one of this profile. Correct the region or endpoint.',
    connection:
      'The bucket is reached at another endpoint than the one of this connection. Correct the region or endpoint.',
  },
  'retry',
);
export const noCredentials: Explanation = {
  message: {
    text: 'No usable credentials were found for this profile. Complete it in the AWS files or select another one.',
  },
  remedy: 'selectProfile',
};

export const deniedWithoutReason = retry(
  'Access was denied without a reason (403), by the store or by a proxy on the way to it. Check the permission and the settings http.proxy and http.noProxy, then try again.',
);
export const signInPage = retry(
  'Something on the way answers in the place of S3, such as a network that asks for a sign-in of its own. Open a page in a browser, then try again.',
);
export const notFound = retry('The object or bucket does not exist, or no longer. Refresh and try again.');
export const busy = retry('S3 is busy or has a fault at this moment. Try again.');
export const unreadableFile = retry(
  'The local file cannot be read. Check that it exists and that you may read it.',
);
export const unreachable = retry('S3 could not be reached. Check the network and the proxy, then try again.');

/** By the codes of S3. */
export const byCode: ReadonlyMap<string, BySigner<Explanation>> = new Map([
  ['AccessDenied', accessDenied],
  ['AllAccessDisabled', accessDenied],
  ['InvalidAccessKeyId', unknownAccessKey],
  ['SignatureDoesNotMatch', wrongSignature],
  ['ExpiredToken', expiredCredentials],
  ['InvalidToken', expiredCredentials],
  ['ExpiredTokenException', expiredCredentials],
  ['TokenRefreshRequired', expiredCredentials],
  ['NoSuchBucket', retry('The bucket does not exist, or no longer. Refresh and try again.')],
  ['NoSuchKey', retry('The object does not exist, or no longer. Refresh and try again.')],
  [
    'RequestTimeTooSkewed',
    retry("This machine's clock differs from S3's by more than 15 minutes. Set the clock, then try again."),
  ],
  [
    'AuthorizationHeaderMalformed',
    bySigner({ profile: wrongRegion, connection: wrongRegion }, 'openAwsConfig'),
  ],
  ['PermanentRedirect', wrongEndpoint],
  ['KeyTooLongError', retry('The object key is longer than the 1024 bytes that S3 allows. Shorten it.')],
  ['SlowDown', busy],
  ['InternalError', busy],
  ['ServiceUnavailable', busy],
]);
