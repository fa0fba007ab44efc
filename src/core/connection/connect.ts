import { MessageError } from '../failures/message.js';
import { readCaBundle } from './requests/caBundle.js';
import { Connection, type ConnectionOptions } from './connection.js';
import type { AskMfaCode } from './credentials/assumeRole.js';
import {
  ambientCredentials,
  needsUserInput,
  profileCredentials,
  abortableProvider,
  type CredentialOptions,
} from './credentials/credentials.js';
import { renewedLoginCredentials, type LoginRenewalOptions } from './credentials/loginRenewal.js';
import { credentialServices, type SignInOutcome } from './credentials/credentialServices.js';
import type { Addressing } from './stores/stores.js';
import type { Environment } from './environment.js';
import { defaultProfileName, loadAwsFiles, namedProfile, type Profile } from './profiles/profiles.js';
import { S3RequestHandler } from './requests/requestHandler.js';
import type { RetryLimits } from '../async/retry.js';
import { retryLimits } from './requests/limits.js';
import { S3Retry } from './requests/s3Retry.js';
import { ServerClock } from './requests/serverClock.js';
import { resolveServiceSettings } from './serviceSettings.js';
import { ambientSigning, profileSigning, type Signing } from './credentials/signing.js';
import type { AwsSource } from './profiles/source.js';

export interface ConnectOptions extends Pick<
  ConnectionOptions,
  | 'version'
  | 'clock'
  | 'onClockChange'
  | 'onCredentials'
  | 'timeLimits'
  | 'retryLimits'
  | 'preferredTransport'
> {
  readonly env: Environment;
  /** Overrides the addressing style of the profile. */
  readonly addressing?: Addressing;
  /** Absent if there is no way to ask the user: a profile that needs a code then has no credentials. */
  readonly mfaCode?: CredentialOptions['mfaCode'];
  readonly limits?: CredentialOptions['limits'];
  /** Passed from one connection to the next: the SDK remembers for the whole process when it last refreshed a token. */
  readonly renewals?: Map<string, SignInOutcome>;
}

export class UnknownProfileError extends MessageError {
  override readonly name = 'UnknownProfileError';
  override readonly remedy = 'selectProfile';
  constructor(profile: string) {
    super({ text: 'Profile "{0}" does not exist in your AWS files.', args: [profile] });
  }
}

/**
 * Opens a connection for a profile or for the environment. Reads the AWS files; makes no request.
 * @throws UnknownProfileError, EndpointError, CaBundleError
 */
export async function connect(source: AwsSource, options: ConnectOptions): Promise<Connection> {
  const { env, addressing } = options;
  const { profiles, services, ssoSessions } = await loadAwsFiles();
  const name = source.kind === 'profile' ? source.name : defaultProfileName(env);
  const profile = profiles.get(name);
  const isNamed = source.kind === 'profile' || namedProfile(env) !== undefined;
  if (isNamed && profile === undefined) throw new UnknownProfileError(name);
  const settings = resolveServiceSettings(profile, { services, env, addressing });
  const ca = settings.caBundle === undefined ? undefined : await readCaBundle(settings.caBundle, env);
  const attempts = retryLimits(profile, env);
  const { clock = () => new Date() } = options;
  const { requestHandler, retry, issuerClock } = issuerRequests({ ...options, ca, clock, attempts });
  const disposed = new AbortController();
  const question = new MfaPrompt(options.mfaCode ?? (() => Promise.resolve(undefined)));
  const { version, renewals = new Map<string, SignInOutcome>() } = options;
  const serviceRequests = { requestHandler, retry, version, renewals };
  const credentialOptions = {
    profiles,
    env,
    services: credentialServices({ services, ssoSessions, env, selected: profile, ...serviceRequests }),
    mfaCode: question.ask,
    limits: options.limits,
    signal: disposed.signal,
  };
  const isAmbient = source.kind === 'environment' || profile === undefined;
  const signingConfig = { profiles, services, env };
  const provider = isAmbient
    ? ambientCredentials(name, credentialOptions)
    : profileCredentials(profile, credentialOptions);
  const signing = isAmbient ? ambientSigning(profile, signingConfig) : profileSigning(profile, signingConfig);
  return new Connection(source, settings, {
    retryLimits: attempts,
    ...options,
    retry,
    ca,
    onDispose: () => {
      disposed.abort();
      retry.stop();
      requestHandler.destroy();
    },
    credentials: provider,
    issuerClock,
    ...loginOptions(profile, { ...credentialOptions, signing, now: clock }),
    signing,
    needsUserInput: profile !== undefined && needsUserInput(profile, profiles),
    pendingPrompt: () => question.pending,
  });
}

/** Sends requests to the services that issue credentials, and learns their clock from each response. */
function issuerRequests({
  ca,
  timeLimits,
  preferredTransport,
  clock,
  retryLimits: limits,
  attempts,
}: Pick<ConnectionOptions, 'ca' | 'timeLimits' | 'preferredTransport' | 'retryLimits'> & {
  readonly clock: () => Date;
  readonly attempts: RetryLimits;
}) {
  const issuerClock = new ServerClock({ local: clock, onChange: () => undefined });
  const requestHandler = new S3RequestHandler({
    onResponse: ({ headers, sentAt }) => {
      issuerClock.learn(headers.date, sentAt);
    },
    clock,
    ca,
    limits: timeLimits,
    preferredTransport,
  });
  return { requestHandler, retry: new S3Retry(limits ?? attempts), issuerClock };
}

/** Options for `aws login` profiles only: their keys are in a file, with an expiry that this machine wrote there. */
function loginOptions(
  profile: Profile | undefined,
  { signing, ...options }: LoginRenewalOptions & { readonly signing: Signing; readonly signal: AbortSignal },
): Pick<ConnectionOptions, 'longestLivedCredentials' | 'issuerClock'> {
  if (profile?.kind !== 'login' || signing.signIn !== profile) return {};
  return {
    longestLivedCredentials: abortableProvider(options, (stopping) =>
      renewedLoginCredentials(profile, stopping),
    ),
    issuerClock: { isKnown: true, offsetMs: 0 },
  };
}

/** Asks the user for MFA codes and exposes the open question. */
class MfaPrompt {
  /** Settles when the question is answered; undefined if none is open. */
  pending: Promise<unknown> | undefined;

  constructor(private readonly askCode: AskMfaCode) {}

  readonly ask: AskMfaCode = (serial, options) => {
    const answer = this.askCode(serial, options).finally(() => {
      // The next question may already be open.
      if (this.pending === answer) this.pending = undefined;
    });
    this.pending = answer;
    return answer;
  };
}
