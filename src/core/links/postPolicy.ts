import { createHmac } from 'node:crypto';
import type { AwsCredentialIdentity } from '../connection/credentials/identity.js';
import type { LinkTarget } from './target.js';

/** What the browser writes in place of this is the name of the file that the person chose. */
export const fileNameVariable = '${filename}';

/** S3's limit for one POST, as for one PUT. */
export const maxFormBytes = 5 * 1024 ** 3;

type Condition =
  | Readonly<Record<string, string>>
  | readonly ['eq' | 'starts-with', name: string, value: string]
  | readonly ['content-length-range', minBytes: number, maxBytes: number];

interface PolicyOptions {
  readonly keys: AwsCredentialIdentity;
  /** The region whose name is signed. */
  readonly region: string;
  /** The second at which the form is signed. */
  readonly signedAt: Date;
  readonly endsAt: Date;
}

/**
 * The fields of a form that uploads to S3, all but the file, which has to come last. The policy allows what the target
 * says and nothing else. Source: Amazon S3 API Reference, "POST Policy" and "Browser-Based Uploads Using POST".
 */
export function signForm(target: LinkTarget, options: PolicyOptions): Readonly<Record<string, string>> {
  const proof = proofFields(options);
  const { conditions, fields } = formTerms(target);
  const policy = {
    expiration: options.endsAt.toISOString(),
    conditions: [...conditions, ...Object.entries(proof).map(([name, value]) => ({ [name]: value }))],
  };
  const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
  return { ...fields, ...proof, policy: encoded, 'x-amz-signature': signPolicy(encoded, options) };
}

/** Signs a policy as it stands in the form, in Base64, and gives the signature in hexadecimal. */
export function signPolicy(
  policyBase64: string,
  { keys, region, signedAt }: Pick<PolicyOptions, 'keys' | 'region' | 'signedAt'>,
): string {
  const steps = [dateOf(signedAt), region, 's3', 'aws4_request', policyBase64];
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const step of steps) key = createHmac('sha256', key).update(step).digest();
  return Buffer.from(key).toString('hex');
}

interface Terms {
  readonly conditions: readonly Condition[];
  readonly fields: Readonly<Record<string, string>>;
}

/** What the form is held to, and the fields that fulfil it. */
function formTerms({ bucket, key, contentType, form = {} }: LinkTarget): Terms {
  const keyTerms: Terms = form.keyIsPrefix
    ? { conditions: [['starts-with', '$key', key]], fields: { key: key + fileNameVariable } }
    : { conditions: [['eq', '$key', key]], fields: { key } };
  const { minBytes = 0, maxBytes = maxFormBytes } = form;
  const hasRange = form.minBytes !== undefined || form.maxBytes !== undefined;
  const range: readonly Condition[] = hasRange ? [['content-length-range', minBytes, maxBytes]] : [];
  const parts: readonly Terms[] = [
    { conditions: [{ bucket }], fields: {} },
    keyTerms,
    { conditions: range, fields: {} },
    typeTerms(contentType, form.typeIsPrefix === true),
    equal('success_action_status', form.successStatus?.toString()),
    equal('success_action_redirect', form.successRedirect),
  ];
  return {
    conditions: parts.flatMap(({ conditions }) => conditions),
    fields: Object.assign({}, ...parts.map(({ fields }) => fields)) as Terms['fields'],
  };
}

/** The beginning of a type leaves the field to whoever sends the form. */
function typeTerms(contentType: string | undefined, isPrefix: boolean): Terms {
  if (contentType === undefined) return { conditions: [], fields: {} };
  return isPrefix
    ? { conditions: [['starts-with', '$Content-Type', contentType]], fields: {} }
    : { conditions: [['eq', '$Content-Type', contentType]], fields: { 'Content-Type': contentType } };
}

function equal(name: string, value: string | undefined): Terms {
  if (value === undefined) return { conditions: [], fields: {} };
  return { conditions: [{ [name]: value }], fields: { [name]: value } };
}

function proofFields({ keys, region, signedAt }: PolicyOptions): Readonly<Record<string, string>> {
  return {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${keys.accessKeyId}/${dateOf(signedAt)}/${region}/s3/aws4_request`,
    'x-amz-date': signedAt.toISOString().replace(/[-:]|\.\d{3}/g, ''),
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  };
}

function dateOf(moment: Date): string {
  return moment.toISOString().slice(0, 10).replaceAll('-', '');
}
