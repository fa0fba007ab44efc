import type { KeyIssuer, IssuedKeys } from './keys.js';
import { jsonAnswer, jsonRefusal, startService, type AwsService, type ServiceAnswer } from './service.js';

/** The answer that containers and instances share. */
function document({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
}: IssuedKeys): Record<string, string> {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration.toISOString().replace('.000Z', 'Z'),
  };
}

export interface ContainerOptions {
  readonly issuer: KeyIssuer;
  readonly path: string;
  /** Required in the request's Authorization header. */
  readonly token: string;
}

/** The credentials service of ECS and EKS. Source: AWS SDKs and Tools Reference Guide, "Container credential provider". */
export function startContainerCredentials({ issuer, path, token }: ContainerOptions): Promise<AwsService> {
  return startService((request) => {
    if (request.method !== 'GET' || request.path !== path) return jsonRefusal(404, 'NotFound', {});
    if (request.headers.get('authorization') !== token) {
      return jsonAnswer(401, { Code: 'AccessDenied', Message: 'The token is not valid' });
    }
    return jsonAnswer(200, {
      RoleArn: 'arn:aws:iam::123456789012:role/task',
      ...document(issuer.issue('container', 3600)),
    });
  });
}

export interface InstanceOptions {
  readonly issuer: KeyIssuer;
  /** Negative for keys that the service has not renewed, which happens. */
  readonly lifeSeconds?: number;
  /** Accepts requests and answers none. */
  readonly hangs?: boolean;
}

const role = 'instance-role';
const folder = '/latest/meta-data/iam/security-credentials/';

/**
 * The metadata service of an instance, only its second version. Source: Amazon EC2 User Guide, "Use IMDSv2".
 */
export function startInstanceMetadata({
  issuer,
  lifeSeconds = 3600,
  hangs = false,
}: InstanceOptions): Promise<AwsService> {
  const token = 'metadata-token==';
  const answer = (method: string, path: string, sent: string | undefined): ServiceAnswer => {
    const text = { 'content-type': 'text/plain' };
    if (method === 'PUT' && path === '/latest/api/token') {
      return sent === undefined ? { status: 400, body: '' } : { status: 200, headers: text, body: token };
    }
    if (sent !== token) return { status: 401, body: '' };
    if (path === folder) return { status: 200, headers: text, body: role };
    if (path !== folder + role) return { status: 404, body: '' };
    const keys = document(issuer.issue('instance', lifeSeconds));
    return jsonAnswer(200, {
      Code: 'Success',
      Type: 'AWS-HMAC',
      LastUpdated: '2026-01-01T00:00:00Z',
      ...keys,
    });
  };
  return startService(({ method, path, headers }) => {
    if (hangs) return undefined;
    const name = method === 'PUT' ? 'x-aws-ec2-metadata-token-ttl-seconds' : 'x-aws-ec2-metadata-token';
    return answer(method, path, headers.get(name));
  });
}
