import type { KeyIssuer } from './keys.js';
import { jsonAnswer, jsonRefusal, startService, type AwsService } from './service.js';

/** What IAM Identity Center knows: the sign-in and the role it gives access to. */
export interface SsoState {
  readonly issuer: KeyIssuer;
  readonly accountId: string;
  readonly roleName: string;
  /** How long the keys of the role are valid; an hour by default. */
  lifeSeconds?: number;
  /** The token that the portal accepts; a renewal replaces it. */
  accessToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Each is accepted once. */
  refreshToken: string;
}

/** The portal: GetRoleCredentials. Source: IAM Identity Center Portal API Reference. */
export function startSsoPortal(state: SsoState): Promise<AwsService> {
  return startService(({ method, path, query, headers }) => {
    if (method !== 'GET' || path !== '/federation/credentials') {
      return jsonRefusal(404, 'UnknownOperationException', {});
    }
    if (headers.get('x-amz-sso_bearer_token') !== state.accessToken) {
      return jsonRefusal(401, 'UnauthorizedException', { message: 'Session token not found or invalid' });
    }
    if (query.get('account_id') !== state.accountId || query.get('role_name') !== state.roleName) {
      return jsonRefusal(403, 'ForbiddenException', { message: 'No access' });
    }
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = state.issuer.issue(
      'sso',
      state.lifeSeconds ?? 3600,
    );
    return jsonAnswer(200, {
      roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.getTime() },
    });
  });
}

/** The OIDC service: CreateToken with a refresh token. Source: IAM Identity Center OIDC API Reference. */
export function startSsoOidc(state: SsoState): Promise<AwsService> {
  let renewals = 0;
  return startService(({ method, path, body }) => {
    if (method !== 'POST' || path !== '/token') return jsonRefusal(404, 'UnknownOperationException', {});
    const asked = JSON.parse(body) as Record<string, unknown>;
    if (asked.grantType !== 'refresh_token') {
      return jsonRefusal(400, 'UnsupportedGrantTypeException', { error: 'unsupported_grant_type' });
    }
    if (asked.clientId !== state.clientId || asked.clientSecret !== state.clientSecret) {
      return jsonRefusal(401, 'InvalidClientException', { error: 'invalid_client' });
    }
    if (asked.refreshToken !== state.refreshToken) {
      return jsonRefusal(400, 'InvalidGrantException', {
        error: 'invalid_grant',
        error_description: 'Invalid refresh token provided',
      });
    }
    renewals += 1;
    state.accessToken = `renewed-access-${renewals}`;
    state.refreshToken = `renewed-refresh-${renewals}`;
    const { accessToken, refreshToken } = state;
    return jsonAnswer(200, { accessToken, refreshToken, expiresIn: 3600, tokenType: 'Bearer' });
  });
}
