import type { BySignerKind, Explanation, Remedy } from './message.js';

/** The same for every signer. */
function retry(text: string): BySignerKind<Explanation> {
  const explanation = { message: { text }, remedy: 'retry' } as const;
  return { profile: explanation, connection: explanation };
}

/** Sentences about the settings of the signer, which are corrected in different places. */
function bySigner(sentences: BySignerKind<string>, remedy: Remedy): BySignerKind<Explanation> {
  return {
    profile: { message: { text: sentences.profile }, remedy },
    connection: { message: { text: sentences.connection }, remedy: 'editConnection' },
  };
}

const unknownAccessKey = bySigner(
  {
    profile:
      'S3 does not recognize the access key of this profile. Select another profile or correct its keys.',
    connection: 'S3 does not recognize the access key of this connection. Correct its keys.',
  },
  'selectProfile',
);
const wrongSignature = bySigner(
  {
    profile:
      'S3 rejected the signature: the secret key of this profile is probably wrong. Correct it or select another profile.',
    connection: 'S3 rejected the signature: the secret key of this connection is probably wrong. Correct it.',
  },
  'selectProfile',
);
const expiredCredentials = bySigner(
  {
    profile:
      'The temporary credentials of this profile have expired or are not valid. Renew them or select another profile.',
    connection: 'The temporary keys of this connection have expired or are not valid. Enter current ones.',
  },
  'selectProfile',
);
export const accessDenied = bySigner(
  {
    profile:
      'S3 denied access: this profile does not have permission. Request access, or select another profile.',
    connection:
      'S3 denied access: the keys of this connection do not have permission. Request access, or enter other keys.',
  },
  'selectProfile',
);
const wrongRegion =
  'S3 expects a different region than the request was signed for. Correct the region, then try again.';
export const wrongEndpoint = bySigner(
  {
    profile: 'The bucket is not at the endpoint of this profile. Correct the region or endpoint.',
    connection: 'The bucket is not at the endpoint of this connection. Correct the region or endpoint.',
  },
  'retry',
);
export const noCredentials = bySigner(
  {
    profile:
      'No usable credentials were found for this profile. Add them to your AWS files, or select another profile.',
    connection: 'No usable credentials were found for this connection. Enter its keys.',
  },
  'selectProfile',
);

export const deniedWithoutReason = retry(
  'The store or a proxy denied access without a reason (403). Check the permission and the settings http.proxy and http.noProxy, then try again.',
);
export const signInPage = retry(
  'Something between you and S3 answered instead, such as a Wi-Fi sign-in page. Open any page in a browser, sign in, then try again.',
);
export const notFound = retry('The object or bucket does not exist or was deleted. Refresh and try again.');
export const busy = retry('S3 is busy or temporarily unavailable. Try again.');
export const unreadableFile = retry(
  'The local file cannot be read. Check that it exists and that you may read it.',
);
export const unreachable = retry('S3 could not be reached. Check the network and the proxy, then try again.');

/** By S3 error code. */
export const byCode: ReadonlyMap<string, BySignerKind<Explanation>> = new Map([
  ['AccessDenied', accessDenied],
  ['AllAccessDisabled', accessDenied],
  ['InvalidAccessKeyId', unknownAccessKey],
  ['SignatureDoesNotMatch', wrongSignature],
  ['ExpiredToken', expiredCredentials],
  ['InvalidToken', expiredCredentials],
  ['ExpiredTokenException', expiredCredentials],
  ['TokenRefreshRequired', expiredCredentials],
  ['NoSuchBucket', retry('The bucket does not exist or was deleted. Refresh and try again.')],
  ['NoSuchKey', retry('The object does not exist or was deleted. Refresh and try again.')],
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
