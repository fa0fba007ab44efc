import type { KeyIssuer, IssuedKeys } from './keys.js';
import { startService, type AwsService, type ServiceAnswer, type ServiceRequest } from './service.js';
import { checkSignedBy, SignatureRefusal } from './signature.js';

/** A role and what its trust policy requires. */
export interface Role {
  readonly arn: string;
  /** Key IDs that may assume it; any key if absent. */
  readonly trusts?: readonly string[];
  /** Names of grants ({@link KeyIssuer.issue}) whose keys may assume it. */
  readonly trustsGrants?: readonly string[];
  readonly externalId?: string;
  readonly mfa?: { readonly serial: string; readonly codes: readonly string[] };
  /** The token of a web identity that may assume it. */
  readonly webIdentityToken?: string;
  /** 3600 by default, as in IAM. */
  readonly maxSeconds?: number;
  /** How long issued keys are valid, whatever was requested: a session close to its end. */
  readonly lifeSeconds?: number;
}

export interface StsOptions {
  readonly issuer: KeyIssuer;
  readonly roles: readonly Role[];
  readonly clock?: () => Date;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Security Token Service: AssumeRole and AssumeRoleWithWebIdentity in the query protocol. Sources of the
 * refusals: AWS STS API Reference and messages that AWS's users quote (aws/aws-cli#2279, #6325).
 */
export function startSts(options: StsOptions): Promise<AwsService> {
  const { clock = () => new Date() } = options;
  return startService((request) => {
    const { headers, ...answered } = answerOrRefusal(request, options);
    return { ...answered, headers: { ...headers, date: clock().toUTCString() } };
  });
}

function answerOrRefusal(request: ServiceRequest, options: StsOptions): ServiceAnswer {
  try {
    return answer(request, options);
  } catch (error) {
    if (error instanceof Refusal) return refusal(error);
    if (error instanceof SignatureRefusal) return refusal(new Refusal(403, error.code, error.message));
    throw error;
  }
}

function answer(request: ServiceRequest, options: StsOptions): ServiceAnswer {
  if (request.method !== 'POST' || request.path !== '/')
    throw new Refusal(404, 'UnknownOperation', 'No such operation');
  const form = new URLSearchParams(request.body);
  if (form.get('Version') !== '2011-06-15')
    throw new Refusal(400, 'InvalidAction', 'Could not find the operation');
  checkSessionName(form);
  const action = form.get('Action') ?? '';
  const role = options.roles.find(({ arn }) => arn === form.get('RoleArn'));
  switch (action) {
    case 'AssumeRole':
      return grant(action, { role: checkAssumeRole(request, { form, role, options }), form, options });
    case 'AssumeRoleWithWebIdentity':
      return grant(action, { role: checkWebIdentity(request, { form, role }), form, options });
    default:
      throw new Refusal(400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  }
}

function checkSessionName(form: URLSearchParams): void {
  if (/^[\w+=,.@-]{2,64}$/.test(form.get('RoleSessionName') ?? '')) return;
  throw invalid('roleSessionName', 'Member must satisfy regular expression pattern: [\\w+=,.@-]*');
}

function invalid(field: string, rule: string): Refusal {
  return new Refusal(
    400,
    'ValidationError',
    `1 validation error detected: Value '' at '${field}' failed to satisfy constraint: ${rule}`,
  );
}

interface Asked {
  readonly form: URLSearchParams;
  readonly role: Role | undefined;
}

function checkAssumeRole(
  request: ServiceRequest,
  { form, role, options }: Asked & { readonly options: StsOptions },
): Role {
  const { issuer, clock = () => new Date() } = options;
  const signer = checkSignedBy(request, { service: 'sts', known: issuer.known, now: clock() });
  const code = form.get('TokenCode') ?? undefined;
  if (code !== undefined && !/^\d{6}$/.test(code)) {
    throw invalid('tokenCode', 'Member must have length greater than or equal to 6');
  }
  const denied = new Refusal(
    403,
    'AccessDenied',
    `User: ${signer.accessKeyId} is not authorized to perform: sts:AssumeRole on resource: ${form.get('RoleArn') ?? ''}`,
  );
  const grantOfSigner = issuer.grants.find(({ keys }) => keys.accessKeyId === signer.accessKeyId);
  const isTrusted = role?.trusts?.includes(signer.accessKeyId) ?? role?.trustsGrants === undefined;
  const isTrustedGrant = role?.trustsGrants?.includes(grantOfSigner?.by ?? '') === true;
  if (role === undefined || !(isTrusted || isTrustedGrant)) throw denied;
  if (role.externalId !== (form.get('ExternalId') ?? undefined) && role.externalId !== undefined)
    throw denied;
  if (role.mfa !== undefined) checkMfa(form, role.mfa, denied);
  checkDuration(form, role, grantOfSigner !== undefined);
  return role;
}

function checkMfa(form: URLSearchParams, { serial, codes }: NonNullable<Role['mfa']>, denied: Refusal): void {
  const code = form.get('TokenCode');
  if (code === null) throw denied;
  if (form.get('SerialNumber') !== serial) {
    throw new Refusal(
      403,
      'AccessDenied',
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  if (codes.includes(code)) return;
  throw new Refusal(
    403,
    'AccessDenied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
  );
}

function checkDuration(form: URLSearchParams, { maxSeconds = 3600 }: Role, isChained: boolean): void {
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  if (!Number.isInteger(seconds) || seconds < 900) {
    throw invalid('durationSeconds', 'Member must have value greater than or equal to 900');
  }
  if (isChained && seconds > 3600) {
    throw new Refusal(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds <= maxSeconds) return;
  throw new Refusal(
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
}

function checkWebIdentity(request: ServiceRequest, { form, role }: Asked): Role {
  if (request.headers.has('authorization'))
    throw new Refusal(400, 'InvalidRequest', 'This operation is not signed');
  const token = form.get('WebIdentityToken') ?? '';
  if (token === 'ended') {
    throw new Refusal(
      400,
      'ExpiredTokenException',
      'Token expired: current date/time must be before the expiration',
    );
  }
  if (!/^[^.]+\.[^.]+\.[^.]+$/.test(token)) {
    throw new Refusal(400, 'InvalidIdentityToken', 'The ID Token provided is not a valid JWT.');
  }
  if (role?.webIdentityToken !== token) {
    throw new Refusal(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  return role;
}

function grant(
  action: string,
  {
    role,
    form,
    options,
  }: { readonly role: Role; readonly form: URLSearchParams; readonly options: StsOptions },
): ServiceAnswer {
  const seconds = role.lifeSeconds ?? Number(form.get('DurationSeconds') ?? 3600);
  const keys = options.issuer.issue(role.arn, seconds);
  const name = form.get('RoleSessionName') ?? '';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
      <AssumedRoleUser><AssumedRoleId>AROA:${name}</AssumedRoleId><Arn>${role.arn.replace(':iam:', ':sts:')}/${name}</Arn></AssumedRoleUser>
      ${credentialsXml(keys)}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

function credentialsXml({ accessKeyId, secretAccessKey, sessionToken, expiration }: IssuedKeys): string {
  return `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>`;
}

function refusal({ status, code, message }: Refusal): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}
