import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import type { KeyIssuer } from './keys.js';
import { jsonAnswer, jsonRefusal, startService, type AwsService, type ServiceRequest } from './service.js';

export interface SignInState {
  readonly issuer: KeyIssuer;
  readonly clientId: string;
  /** Each is accepted once. */
  refreshToken: string;
  /** The public half of the key that the session is bound to. */
  readonly dpopKey: JsonWebKey;
  /** Answers every renewal with this error of the service, for example `TOKEN_EXPIRED`. */
  refusal?: string;
}

/** How long its credentials are valid: `aws login` gives a quarter of an hour. */
export const loginLifeSeconds = 900;

/**
 * The sign-in service behind `aws login`: CreateOAuth2Token with a refresh token and a proof of possession.
 * Sources: the model of `signin` in the SDK; RFC 9449 for the proof.
 */
export function startSignIn(state: SignInState): Promise<AwsService> {
  let renewals = 0;
  const service: Promise<AwsService> = startService((request) => {
    if (request.method !== 'POST' || request.path !== '/v1/token')
      return jsonRefusal(404, 'UnknownOperation', {});
    if (!isProven(request, state)) return refuse('INVALID_REQUEST', 'ValidationException', 400);
    if (state.refusal !== undefined) return refuse(state.refusal, 'AccessDeniedException', 403);
    const asked = JSON.parse(request.body) as Record<string, unknown>;
    const isKnown = asked.clientId === state.clientId && asked.refreshToken === state.refreshToken;
    if (!isKnown || asked.grantType !== 'refresh_token')
      return refuse('TOKEN_EXPIRED', 'AccessDeniedException', 403);
    renewals += 1;
    state.refreshToken = `renewed-login-${renewals}`;
    const { accessKeyId, secretAccessKey, sessionToken } = state.issuer.issue('login', loginLifeSeconds);
    return jsonAnswer(200, {
      accessToken: { accessKeyId, secretAccessKey, sessionToken },
      tokenType: 'aws_sigv4',
      expiresIn: loginLifeSeconds,
      refreshToken: state.refreshToken,
    });
  });
  return service;
}

function refuse(error: string, code: string, status: number) {
  return jsonRefusal(status, code, { error, message: `${error}: sign in again` });
}

/** Whether the request contains a recent proof for itself, made with the key of the session. */
function isProven(request: ServiceRequest, { dpopKey }: SignInState): boolean {
  const [head = '', claims = '', signature = ''] = (request.headers.get('dpop') ?? '').split('.');
  const header = decode(head);
  const payload = decode(claims);
  const jwk = (header.jwk ?? {}) as JsonWebKey;
  const key = createPublicKey({ key: dpopKey, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return (
    isSigned &&
    header.typ === 'dpop+jwt' &&
    header.alg === 'ES256' &&
    jwk.x === dpopKey.x &&
    jwk.y === dpopKey.y &&
    payload.htm === 'POST' &&
    payload.htu === `http://${request.headers.get('host') ?? ''}${request.path}` &&
    typeof payload.jti === 'string' &&
    Math.abs(Number(payload.iat) - Date.now() / 1000) < 60
  );
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as Record<string, unknown>;
}
