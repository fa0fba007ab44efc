import { createHmac } from 'node:crypto';
import type { AwsCredentialIdentity } from '../connection/credentials/identity.js';
import type { ByteRange } from './exchange.js';
import type { FormLimits, LinkTarget } from './target.js';

/** Placeholder for the name of the file that is chosen in the browser. */
export const fileNameVariable = '${filename}';

/** S3's limit for one POST, as for one PUT. */
export const maxFormBytes = 5 * 1024 ** 3;

type Limit =
  | readonly ['starts-with', name: string, value: string]
  | readonly ['content-length-range', minBytes: number, maxBytes: number];
type Condition = Limit | Readonly<Record<string, string>> | readonly ['eq', name: string, value: string];

interface PolicyOptions {
  readonly keys: AwsCredentialIdentity;
  /** The region whose name is signed. */
  readonly region: string;
  /** The second at which the form is signed. */
  readonly signedAt: Date;
  readonly expiresAt: Date;
}

/**
 * The fields of an S3 upload form except the file, which has to come last. The policy allows what the target
 * says and nothing else. Source: Amazon S3 API Reference, "POST Policy" and "Browser-Based Uploads Using
 * POST".
 */
export function signForm(target: LinkTarget, options: PolicyOptions): Readonly<Record<string, string>> {
  const signing = signingFields(options);
  const terms = policyTerms(target);
  const policy = {
    expiration: options.expiresAt.toISOString(),
    conditions: [...conditionsOf(target, terms), ...equal(signing)],
  };
  const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
  return {
    key: terms.key,
    ...terms.fields,
    ...signing,
    policy: encoded,
    'x-amz-signature': signPolicy(encoded, options),
  };
}

/** Signs a policy as it appears in the form, in Base64, and returns the signature in hexadecimal. */
export function signPolicy(
  policyBase64: string,
  { keys, region, signedAt }: Pick<PolicyOptions, 'keys' | 'region' | 'signedAt'>,
): string {
  const steps = [dateOf(signedAt), region, 's3', 'aws4_request', policyBase64];
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const step of steps) key = createHmac('sha256', key).update(step).digest();
  return Buffer.from(key).toString('hex');
}

/** The restrictions on a form upload. */
interface PolicyTerms {
  /** Ends with {@link fileNameVariable} if the form says so; the condition is on what precedes it. */
  readonly key: string;
  /** Sent exactly as they are. */
  readonly fields: Readonly<Record<string, string>>;
  /** Conditions beyond those on the key and the fields. */
  readonly limits: readonly Limit[];
}

export function policyTerms({ key, contentType, form = {} }: LinkTarget): PolicyTerms {
  const { successStatus, successRedirect, typeIsPrefix = false } = form;
  const limits: Limit[] = [];
  const sizes = formSizes(form);
  if (sizes !== undefined) limits.push(['content-length-range', sizes.min, sizes.max]);
  // With a prefix, the field is left to the sender of the form.
  if (typeIsPrefix) limits.push(['starts-with', '$Content-Type', contentType ?? '']);
  return {
    key: form.keyIsPrefix === true ? key + fileNameVariable : key,
    fields: {
      ...(contentType === undefined || typeIsPrefix ? {} : { 'Content-Type': contentType }),
      ...(successStatus === undefined ? {} : { success_action_status: String(successStatus) }),
      ...(successRedirect === undefined ? {} : { success_action_redirect: successRedirect }),
    },
    limits,
  };
}

/** Allowed sizes of a form's file, if the form limits them. */
export function formSizes({ minBytes, maxBytes }: FormLimits): ByteRange | undefined {
  if (minBytes === undefined && maxBytes === undefined) return undefined;
  return { min: minBytes ?? 0, max: maxBytes ?? maxFormBytes };
}

function conditionsOf(
  { bucket, key, form }: LinkTarget,
  { fields, limits }: PolicyTerms,
): readonly Condition[] {
  return [
    { bucket },
    [form?.keyIsPrefix === true ? 'starts-with' : 'eq', '$key', key],
    ...limits,
    ...equal(fields),
  ];
}

/** Exact values. Source: "POST Policy": the same as a list of `eq`, the name and the value. */
function equal(fields: Readonly<Record<string, string>>): readonly Condition[] {
  return Object.entries(fields).map(([name, value]) => ({ [name]: value }));
}

function signingFields({ keys, region, signedAt }: PolicyOptions): Readonly<Record<string, string>> {
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
