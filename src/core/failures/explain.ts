import { shownCode, shownDetail } from './failureText.js';
import { MessageError, type Message } from './message.js';
import { explainNetwork, hasNetwork, networkFacts, type NetworkFacts } from './network.js';
import { ownValue } from '../text/own.js';
import { notS3 } from '../storage/notS3.js';
import { explainRefusal } from '../transfer/refusals/explainRefusal.js';
import { LinkRefusedError } from '../transfer/refusals/refusal.js';

/** What a person can do about a failure; `ui` gives each a button. */
export type Remedy = 'retry' | 'selectProfile' | 'openAwsConfig' | 'editConnection' | 'signIn' | 'addBucket';

export interface Explanation {
  readonly message: Message;
  readonly remedy: Remedy;
}

/** One sentence and one way out for a failure. Never holds a link, a token, a secret, a command line or S3's own echo of a request. */
export function explain(
  error: unknown,
  /** Whether this machine has a network; looked up where it makes a difference. */
  { isOnline = hasNetwork }: { readonly isOnline?: () => boolean } = {},
): Explanation {
  if (error instanceof LinkRefusedError) return { message: explainRefusal(error), remedy: 'retry' };
  if (error instanceof MessageError) {
    return {
      message: error.shown,
      remedy: error.name === 'InvalidKeyError' ? 'retry' : (ownValue(ownRemedies, error.name) ?? 'retry'),
    };
  }
  const facts = readFacts(error);
  const network = explainNetwork(facts.network, isOnline);
  if (network !== undefined) return { message: network, remedy: 'retry' };
  return (
    explainFile(facts) ??
    // S3's codes first: a store may write anything into its message.
    byCode.get(facts.code) ??
    explainCredentials(facts) ??
    explainStatus(facts) ??
    unknown(facts)
  );
}

/** Whether a request was refused for want of permission. The answer to HEAD has no words that would tell by whom. */
export function isAccessDenied(error: unknown): boolean {
  const facts = readFacts(error);
  return facts.code === 'AccessDenied' || (facts.status === 403 && !facts.isWebPage && isWordless(facts));
}

/** Like {@link isAccessDenied}, of what was no HEAD: a proxy that refuses to lead to S3 answers 403 as well. */
export function isDeniedByStore(error: unknown): boolean {
  const facts = readFacts(error);
  return isAccessDenied(error) && (!isWordless(facts) || facts.isFromStore);
}

/** Whether an answer had no code of S3's, so that the SDK made one of its status. */
function isWordless({ code }: Facts): boolean {
  return /^(?:403|Forbidden|Unknown|UnknownError|S3ServiceException)$/.test(code);
}

const ownRemedies: Readonly<Record<string, Remedy>> = {
  UnknownProfileError: 'selectProfile',
  UnknownConnectionError: 'selectProfile',
  SourceChangedError: 'selectProfile',
  MissingKeysError: 'editConnection',
  EndpointError: 'openAwsConfig',
  CaBundleError: 'openAwsConfig',
  ProfileError: 'openAwsConfig',
  CredentialsError: 'selectProfile',
  SignInNeededError: 'signIn',
  NotS3Error: 'openAwsConfig',
};

interface Facts {
  /** S3's code, or the error's name. */
  readonly code: string;
  readonly status: number | undefined;
  readonly network: NetworkFacts;
  readonly text: string;
  /** Whether the answer was HTML, which S3 never sends. */
  readonly isWebPage: boolean;
  /** Whether the answer bears the mark of S3, which most stores set too. */
  readonly isFromStore: boolean;
}

function readFacts(error: unknown): Facts {
  if (!(error instanceof Error))
    return {
      code: '',
      status: undefined,
      network: networkFacts(error, undefined),
      text: '',
      isWebPage: false,
      isFromStore: false,
    };
  const { $metadata: metadata, $response: response } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
  };
  return {
    code: error.name,
    status: metadata?.httpStatusCode,
    network: networkFacts(error, metadata?.httpStatusCode),
    text: error.message,
    isWebPage: response?.headers?.['content-type']?.includes('html') === true,
    isFromStore: response?.headers?.['x-amz-request-id'] !== undefined,
  };
}

function retry(text: string): Explanation {
  return { message: { text }, remedy: 'retry' };
}

function explainFile({ network: { code }, text }: Facts): Explanation | undefined {
  // The second half are those of VS Code's file systems.
  if (/^(?:ENOENT|EACCES|EPERM|EISDIR|FileNotFound|NoPermissions|FileIsADirectory|Unavailable)$/.test(code)) {
    return retry('The local file cannot be read. Check that it exists and that you may read it.');
  }
  if (text === 'fetch failed')
    return retry('S3 could not be reached. Check the network and the proxy, then try again.');
  return undefined;
}

const loginNeeded =
  /SSO session|SSO token|Token is expired|Cannot refresh|reauthenticate|Failed to load (?:a )?token/i;

function explainCredentials({ code, text }: Facts): Explanation | undefined {
  if (loginNeeded.test(text)) {
    return {
      message: {
        text: 'The sign-in of this profile has ended. Run "aws sso login" or "aws login" for it in a terminal, then try again.',
      },
      remedy: 'retry',
    };
  }
  // The SDK reads a session that is not in the file as if it were there.
  if (!/Credentials|TokenProvider/.test(code) && !text.includes("'sso_region'")) return undefined;
  return {
    message: {
      text: 'No usable credentials were found for this profile. Complete it in the AWS files or select another one.',
    },
    remedy: 'selectProfile',
  };
}

const selectProfile = (text: string): Explanation => ({ message: { text }, remedy: 'selectProfile' });

const badKey = selectProfile(
  'S3 does not know the access key of this profile. Select another profile or correct its keys.',
);
const ended = selectProfile(
  'The temporary credentials of this profile have ended or are not valid. Renew them or select another profile.',
);
const denied = selectProfile(
  'S3 denied access: this profile lacks the permission. Ask for it or select another profile.',
);
const deniedBySomebody = retry(
  'Access was denied without a reason (403), by the store or by a proxy on the way to it. Check the permission and the settings http.proxy and http.noProxy, then try again.',
);
const answeredInPlace = retry(
  'Something on the way answers in the place of S3, such as a network that asks for a sign-in of its own. Open a page in a browser, then try again.',
);
const notThere = retry('The object or bucket does not exist, or no longer. Refresh and try again.');
const busy = retry('S3 is busy or has a fault at this moment. Try again.');

const byCode: ReadonlyMap<string, Explanation> = new Map([
  ['AccessDenied', denied],
  ['AllAccessDisabled', denied],
  ['InvalidAccessKeyId', badKey],
  [
    'SignatureDoesNotMatch',
    selectProfile(
      'S3 refused the signature: the secret key of this profile is probably wrong. Correct it or select another profile.',
    ),
  ],
  ['ExpiredToken', ended],
  ['InvalidToken', ended],
  ['ExpiredTokenException', ended],
  ['TokenRefreshRequired', ended],
  ['NoSuchBucket', retry('The bucket does not exist, or no longer. Refresh and try again.')],
  ['NoSuchKey', retry('The object does not exist, or no longer. Refresh and try again.')],
  [
    'RequestTimeTooSkewed',
    retry("This machine's clock differs from S3's by more than 15 minutes. Set the clock, then try again."),
  ],
  [
    'AuthorizationHeaderMalformed',
    {
      message: {
        text: 'S3 wants another region than the one that was signed for. Correct the region, then try again.',
      },
      remedy: 'openAwsConfig',
    },
  ],
  [
    'PermanentRedirect',
    retry(
      'The bucket is reached at another endpoint than the one of this profile. Correct the region or endpoint.',
    ),
  ],
  ['KeyTooLongError', retry('The object key is longer than the 1024 bytes that S3 allows. Shorten it.')],
  ['SlowDown', busy],
  ['InternalError', busy],
  ['ServiceUnavailable', busy],
]);

function explainStatus(facts: Facts): Explanation | undefined {
  const { status, text, isWebPage, isFromStore } = facts;
  if (status !== undefined && status >= 500) return busy;
  // What a web page or a proxy's login form makes of the SDK's XML parser.
  if (isWebPage || /is not expected|Deserialization error|Unexpected token/.test(text)) {
    return { message: notS3, remedy: 'openAwsConfig' };
  }
  if (status === 403 && isWordless(facts) && !isFromStore) return deniedBySomebody;
  if (status === 401 || status === 403) return denied;
  if (status === 404) return notThere;
  if (status === 302 || status === 303) return answeredInPlace;
  if (status === 301) return byCode.get('PermanentRedirect');
  return undefined;
}

function unknown({ code, text }: Facts): Explanation {
  return {
    message: { text: 'That did not work ({0}: {1}). Try again.', args: [shownCode(code), shownDetail(text)] },
    remedy: 'retry',
  };
}
