import { displayCode, displayDetail } from './failureText.js';
import { MessageError, type Explanation, type SignerKind } from './message.js';
import { explainNetwork, hasNetwork, networkFacts, type NetworkFacts } from './network.js';
import { notS3 } from './notS3.js';
import {
  accessDenied,
  busy,
  byCode,
  deniedWithoutReason,
  noCredentials,
  notFound,
  signInPage,
  unreachable,
  unreadableFile,
  wrongEndpoint,
} from './sentences.js';

export interface ExplainContext {
  /** Whose settings need correcting; a profile's by default. */
  readonly signer?: SignerKind;
  /** Whether this machine has a network; looked up where it makes a difference. */
  readonly isOnline?: () => boolean;
}

/** One sentence and one remedy. Never contains a link, token, secret, command line or S3's echo of a request. */
export function explain(
  error: unknown,
  { signer = 'profile', isOnline = hasNetwork }: ExplainContext = {},
): Explanation {
  if (error instanceof MessageError) return error.explain(signer);
  const facts = readFacts(error);
  const network = explainNetwork(facts.network, { signer, isOnline });
  if (network !== undefined) return { message: network, remedy: 'retry' };
  return (
    explainFile(facts, signer) ??
    // S3's codes first: a store may write anything into its message.
    byCode.get(facts.code)?.[signer] ??
    (/Credentials|TokenProvider/.test(facts.code) ? noCredentials[signer] : undefined) ??
    explainStatus(facts, signer) ??
    unexpectedFailure(facts)
  );
}

/** Whether a request was refused for lack of permission. A response to HEAD has no text that says who refused it. */
export function isAccessDenied(error: unknown): boolean {
  const facts = readFacts(error);
  return facts.code === 'AccessDenied' || (facts.status === 403 && !facts.isWebPage && hasNoErrorCode(facts));
}

/**
 * Like {@link isAccessDenied}, for requests other than HEAD: a proxy that refuses to connect to S3 also answers 403.
 */
export function isDeniedByStore(error: unknown): boolean {
  const facts = readFacts(error);
  return isAccessDenied(error) && (!hasNoErrorCode(facts) || facts.isFromStore);
}

/** Whether a response had no S3 error code, so that the SDK made one from its status. */
function hasNoErrorCode({ code }: Facts): boolean {
  return /^(?:403|Forbidden|Unknown|UnknownError|S3ServiceException)$/.test(code);
}

interface Facts {
  /** S3's code, or the error's name. */
  readonly code: string;
  readonly status: number | undefined;
  readonly network: NetworkFacts;
  readonly text: string;
  /** Whether the response was HTML, which S3 never sends. */
  readonly isWebPage: boolean;
  /** Whether the response has S3's request ID header, which most stores set too. */
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

function explainFile({ network: { code }, text }: Facts, signer: SignerKind): Explanation | undefined {
  // The second half are the codes of VS Code's file systems.
  if (/^(?:ENOENT|EACCES|EPERM|EISDIR|FileNotFound|NoPermissions|FileIsADirectory|Unavailable)$/.test(code)) {
    return unreadableFile[signer];
  }
  return text === 'fetch failed' ? unreachable[signer] : undefined;
}

function explainStatus(facts: Facts, signer: SignerKind): Explanation | undefined {
  const { status, text, isWebPage, isFromStore } = facts;
  if (status !== undefined && status >= 500) return busy[signer];
  // The errors of the SDK's XML parser on a web page or a proxy's login form.
  if (isWebPage || /is not expected|Deserialization error|Unexpected token/.test(text)) return notS3[signer];
  if (status === 403 && hasNoErrorCode(facts) && !isFromStore) return deniedWithoutReason[signer];
  if (status === 401 || status === 403) return accessDenied[signer];
  if (status === 404) return notFound[signer];
  if (status === 302 || status === 303) return signInPage[signer];
  if (status === 301) return wrongEndpoint[signer];
  return undefined;
}

function unexpectedFailure({ code, text }: Facts): Explanation {
  return {
    message: {
      text: 'Something went wrong ({0}: {1}). Try again.',
      args: [displayCode(code), displayDetail(text)],
    },
    remedy: 'retry',
  };
}
