import { fromHttp, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import { CredentialServiceError, CredentialsError, type AwsCredentialIdentity } from './identity.js';
import { nonEmpty, type Environment } from '../environment.js';
import { withAbortableRequests } from '../requests/abortableRequests.js';

/** How long the container or the instance may take to respond; both are nearby. The SDK's own limit. */
export const hostLimitMs = 1000;

/** All requests together may take this many times the limit, which the SDK applies only to silence, not to slow data. */
const totalLimitFactor = 8;

/** Otherwise the SDK's providers would print to the console. */
const silentLogger = { trace: noop, debug: noop, info: noop, warn: noop, error: noop };

function noop(): void {
  return;
}

/** Whether this process runs in a container that provides credentials. */
export function isInContainer(env: Environment): boolean {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full } = env;
  return nonEmpty(relative) !== undefined || nonEmpty(full) !== undefined;
}

/**
 * Credentials of the container that this process runs in, from the variables of ECS and EKS: a relative or full
 * address, and a token or a file that contains it. Source: AWS SDKs and Tools Reference Guide, "Container credential
 * provider".
 * @throws CredentialServiceError
 */
export async function containerCredentials(
  signal: AbortSignal,
  limitMs: number = hostLimitMs,
): Promise<AwsCredentialIdentity> {
  try {
    // The SDK's other provider for containers does not support token files.
    const provider = fromHttp({ timeout: limitMs, maxRetries: 1, logger: silentLogger });
    return await withTotalLimit(signal, limitMs * totalLimitFactor, (stop) =>
      withAbortableRequests(stop, provider),
    );
  } catch {
    throw new CredentialServiceError({
      text: 'The container returned no credentials: its credentials service gave an unexpected answer.',
    });
  }
}

/**
 * Credentials of the instance profile of the machine that this process runs on, from its metadata service.
 * @throws CredentialsError
 */
export async function instanceCredentials(
  env: Environment,
  { signal, limitMs = hostLimitMs }: { readonly signal: AbortSignal; readonly limitMs?: number | undefined },
): Promise<AwsCredentialIdentity> {
  const disabled = nonEmpty(env.AWS_EC2_METADATA_DISABLED)?.toLowerCase() === 'true';
  if (disabled)
    throw new CredentialsError({
      text: 'AWS_EC2_METADATA_DISABLED prevents Signpost from asking the instance for credentials.',
    });
  try {
    const provider = fromInstanceMetadata({ timeout: limitMs, logger: silentLogger });
    const keys = await withTotalLimit(signal, limitMs * totalLimitFactor, (stop) =>
      withAbortableRequests(stop, provider),
    );
    return { ...keys, expiration: actualExpiration(keys) };
  } catch {
    throw new CredentialServiceError({
      text: 'The metadata service of this instance returned no credentials.',
    });
  }
}

/** Runs work whose signal is aborted with the caller's, or when the time is up. */
async function withTotalLimit<Result>(
  caller: AbortSignal,
  limitMs: number,
  work: (stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
  };
  const timer = setTimeout(stop, limitMs);
  if (caller.aborted) stop();
  else caller.addEventListener('abort', stop, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    caller.removeEventListener('abort', stop);
  }
}

/** The SDK extends the expiry of expired instance keys so that they stay in use; S3 refuses them anyway. */
function actualExpiration(
  keys: AwsCredentialIdentity & { readonly originalExpiration?: Date },
): Date | undefined {
  return keys.originalExpiration ?? keys.expiration;
}
