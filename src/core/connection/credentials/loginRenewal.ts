import { HttpRequest } from '@smithy/core/protocols';
import { createPrivateKey, createPublicKey, randomUUID, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../../async/writeAtomically.js';
import { clientConfig, type CredentialServices } from './credentialServices.js';
import type { AwsCredentialIdentity } from './identity.js';
import { withLock } from './renewalLock.js';
import { signInOf } from './signIn.js';
import { loginCredentials, loginRegion } from './signInCredentials.js';
import type { Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/** Credentials from `aws login` are valid for 15 minutes: AWS CLI User Guide, "Login for AWS local development". */
const lifetimeMs = 15 * 60_000;
/** Renewing keys that were obtained within this time would hardly extend their life. */
const freshForMs = 60_000;

export interface LoginRenewalOptions {
  readonly services: CredentialServices;
  readonly env: Environment;
  readonly now: () => Date;
}

/** The part of a session stored by the CLI and the SDK that is needed here. */
interface Token {
  readonly accessToken: { readonly expiresAt: string };
  readonly clientId: string;
  readonly refreshToken: string;
  /** As PEM. */
  readonly dpopKey: string;
  readonly signInRegion?: string;
}

/**
 * Credentials from `aws login` that stay valid as long as possible: the SDK renews them only in their last five
 * minutes, and a link would expire with them. If they cannot be renewed, returns the current ones.
 * @throws like {@link loginCredentials}
 */
export async function renewedLoginCredentials(
  profile: Profile,
  options: LoginRenewalOptions,
): Promise<AwsCredentialIdentity> {
  // Whatever prevents this also makes the next call fail if the keys have expired, and is reported there.
  await renew(profile, options).catch(() => undefined);
  return loginCredentials(profile, options.services);
}

/** Renews the session's keys and writes them to the file of the CLI and the SDK, in the same way. */
async function renew(profile: Profile, options: LoginRenewalOptions): Promise<void> {
  const { services, env, now } = options;
  const file = signInOf(profile, env)?.tokenFile;
  if (file === undefined || isFresh(await readToken(file), now)) return;
  await withLock(file, () => renewFile(file, { ...options, profile }), services);
}

function isFresh({ accessToken }: Token, now: () => Date): boolean {
  return Date.parse(accessToken.expiresAt) - now().getTime() > lifetimeMs - freshForMs;
}

async function renewFile(
  file: string,
  { profile, services, now }: LoginRenewalOptions & { readonly profile: Profile },
): Promise<void> {
  const token = await readToken(file);
  // The window that had the previous turn may have renewed it.
  if (isFresh(token, now)) return;
  const output = await requestToken(token, { profile, services });
  const { accessToken: keys, refreshToken, expiresIn = lifetimeMs / 1000 } = output ?? {};
  if (keys?.accessKeyId === undefined || keys.secretAccessKey === undefined) return;
  if (keys.sessionToken === undefined || refreshToken === undefined) return;
  // The user may have signed in, or another program may have renewed it, in the meantime.
  if ((await readToken(file)).refreshToken !== token.refreshToken) return;
  const expiresAt = new Date(now().getTime() + expiresIn * 1000).toISOString();
  const renewed = { ...token, accessToken: { ...token.accessToken, ...keys, expiresAt }, refreshToken };
  // A lost token ends the session, so no reader may see half a file.
  await writeAtomically(
    { path: file, overwrite: true, mode: 0o600, onRenameFailure: 'overwrite' },
    (written) => written.writeFile(JSON.stringify(renewed, undefined, 2)),
  );
}

async function readToken(file: string): Promise<Token> {
  return JSON.parse(await readFile(file, 'utf8')) as Token;
}

async function requestToken(
  { clientId, refreshToken, dpopKey, signInRegion }: Token,
  { profile, services }: { readonly profile: Profile; readonly services: CredentialServices },
) {
  const { SigninClient, CreateOAuth2TokenCommand } = await import('@aws-sdk/nested-clients/signin');
  const client = new SigninClient({
    ...clientConfig(profile, 'signin', services),
    region: signInRegion ?? loginRegion(profile, services),
    // The proof replaces a signature.
    credentials: { accessKeyId: '', secretAccessKey: '' },
  });
  client.middlewareStack.add(
    (next) => (args) => {
      if (HttpRequest.isInstance(args.request)) args.request.headers.dpop = dpopProof(args.request, dpopKey);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'dpop' },
  );
  const tokenInput = { clientId, refreshToken, grantType: 'refresh_token' };
  return (await client.send(new CreateOAuth2TokenCommand({ tokenInput }))).tokenOutput;
}

/** Proves possession of the key that the session is bound to. Source: RFC 9449, section 4.2. */
function dpopProof({ method, protocol, hostname, port, path }: HttpRequest, dpopKey: string): string {
  const key = createPrivateKey(dpopKey);
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const proof = [
    { alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } },
    {
      jti: randomUUID(),
      htm: method,
      htu: `${protocol}//${host}${path}`,
      iat: Math.floor(Date.now() / 1000),
    },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = sign('sha256', Buffer.from(proof.join('.')), { key, dsaEncoding: 'ieee-p1363' });
  return [...proof, signature.toString('base64url')].join('.');
}
