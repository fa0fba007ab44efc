import { fromTemporaryCredentials, fromTokenFile } from '@aws-sdk/credential-providers';
import {
  clientConfig,
  isGeneralNetworkFailure,
  statusOf,
  stsRegion,
  unreachableService,
  type CredentialServices,
} from './credentialServices.js';
import { displayCode } from '../../failures/failureText.js';
import { CredentialServiceError, CredentialsError, type AwsCredentialIdentity } from './identity.js';
import { nonEmpty } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/** Asks for an MFA code, with `retry` after a wrong one. `undefined` means Esc. The signal closes the question. */
export type AskMfaCode = (
  serial: string,
  options: { readonly retry: boolean; readonly signal: AbortSignal },
) => Promise<string | undefined>;

export interface AssumeRoleOptions {
  /** Keys that may assume the role. */
  readonly source: AwsCredentialIdentity;
  readonly services: CredentialServices;
  readonly mfaCode: AskMfaCode;
  readonly signal: AbortSignal;
}

/**
 * Assumes the role of a profile with `external_id`, `duration_seconds`, `role_session_name` and `mfa_serial` as the AWS
 * CLI does. Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider".
 * @throws CredentialsError, CredentialServiceError, ProfileError; AbortError if no code was entered
 */
export async function assumeRole(
  profile: Profile,
  { source, services, mfaCode, signal }: AssumeRoleOptions,
): Promise<AwsCredentialIdentity> {
  const { settings } = profile;
  const duration = Number.parseInt(settings.duration_seconds ?? '', 10);
  const externalId = nonEmpty(settings.external_id);
  const serial = nonEmpty(settings.mfa_serial);
  const region = stsRegion(profile, services);
  const assume = (code?: string) =>
    fromTemporaryCredentials({
      masterCredentials: source,
      params: {
        RoleArn: settings.role_arn,
        RoleSessionName: sessionName(profile),
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
        ...(Number.isNaN(duration) ? {} : { DurationSeconds: duration }),
        ...(code === undefined ? {} : { SerialNumber: serial }),
      },
      mfaCodeProvider: () => Promise.resolve(code ?? ''),
      clientConfig: {
        ...clientConfig(profile, 'sts', services),
        region,
      },
    })();
  try {
    return serial === undefined ? await assume() : await withMfa(assume, { serial, mfaCode, signal });
  } catch (error) {
    throw stsFailure(error, profile);
  }
}

function sessionName({ settings }: Profile): string {
  return nonEmpty(settings.role_session_name) ?? `signpost-${Date.now()}`;
}

/** A code that was already used, is too old or does not have six digits. Any other error would only recur. */
const wrongCode = /one time pass ?code|at 'tokenCode' failed/i;

async function withMfa(
  assume: (code: string) => Promise<AwsCredentialIdentity>,
  { serial, mfaCode, signal }: Pick<AssumeRoleOptions, 'mfaCode' | 'signal'> & { readonly serial: string },
): Promise<AwsCredentialIdentity> {
  for (let retry = false; ; retry = true) {
    const code = await mfaCode(serial, { retry, signal });
    if (code === undefined) throw new DOMException('The MFA code was not entered.', 'AbortError');
    try {
      return await assume(code.replace(/\s/g, ''));
    } catch (error) {
      if (!(error instanceof Error) || !wrongCode.test(error.message)) throw error;
    }
  }
}

/**
 * Assumes the role of a profile with the token in its `web_identity_token_file`. The file is read each time, because
 * its token gets replaced.
 * @throws CredentialsError, CredentialServiceError, ProfileError
 */
export async function assumeRoleWithWebIdentity(
  profile: Profile,
  services: CredentialServices,
): Promise<AwsCredentialIdentity> {
  const { name, settings } = profile;
  const region = stsRegion(profile, services);
  try {
    return await fromTokenFile({
      webIdentityTokenFile: settings.web_identity_token_file,
      roleArn: settings.role_arn,
      roleSessionName: sessionName(profile),
      clientConfig: {
        ...clientConfig(profile, 'sts', services),
        region,
      },
    })();
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(?:ENOENT|EACCES|EISDIR)$/.test(String(error.code))) {
      throw new CredentialsError({
        text: 'The web identity token file of profile "{0}" cannot be read.',
        args: [name],
      });
    }
    throw stsFailure(error, profile);
  }
}

/** Messages by STS error code. Source: AWS Security Token Service API Reference, "AssumeRole", "Common Errors". */
const refusals: readonly (readonly [code: RegExp, text: string])[] = [
  [
    /^(?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId)$/,
    'AWS rejected the keys that profile "{0}" uses to assume its role: they are wrong or were deleted.',
  ],
  [/^(?:InvalidIdentityToken|IDPRejectedClaim)/, 'AWS rejected the web identity token of profile "{0}".'],
  [
    /^RegionDisabled/,
    'The region of profile "{0}" is not enabled in its account, so its role cannot be assumed there.',
  ],
];

function stsFailure(error: unknown, profile: Profile): unknown {
  if (!(error instanceof Error)) return error;
  const { name, settings } = profile;
  const isWebIdentity = settings.web_identity_token_file !== undefined;
  if (error.name.startsWith('ExpiredToken')) {
    const text = isWebIdentity
      ? 'The web identity token of profile "{0}" has expired.'
      : 'The credentials that profile "{0}" uses to assume its role have expired. Renew them, then try again.';
    return new CredentialsError({ text, args: [name] });
  }
  const refusal = refusals.find(([code]) => code.test(error.name));
  if (refusal !== undefined) return new CredentialsError({ text: refusal[1], args: [name] });
  if (/MultiFactorAuthentication failed, unable to validate/i.test(error.message)) {
    return new CredentialsError({
      text: 'AWS does not recognize the MFA device of profile "{0}". Correct mfa_serial.',
      args: [name],
    });
  }
  if (error.name === 'AccessDenied') {
    return new CredentialsError({
      text: 'AWS did not let profile "{0}" assume the role {1}: the permission is missing, or the external_id is wrong.',
      args: [name, settings.role_arn ?? ''],
    });
  }
  if (/durationSeconds/i.test(error.message)) {
    return new CredentialsError({
      text: 'The role of profile "{0}" does not allow its duration_seconds. Shorten it.',
      args: [name],
    });
  }
  return unreachableService(error, profile) ?? otherFailure(error, profile);
}

function otherFailure(error: Error, { name }: Profile): unknown {
  if (statusOf(error) === undefined || isGeneralNetworkFailure(error)) return error;
  return new CredentialServiceError({
    text: 'AWS returned no credentials for the role of profile "{0}" ({1}).',
    args: [name, displayCode(error.name)],
  });
}
