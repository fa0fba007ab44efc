import { S3Error } from '../errors.js';

/** What a policy is checked against: the form's fields, and facts about the request. */
export interface Submitted {
  readonly fields: ReadonlyMap<string, string>;
  readonly fileBytes: number;
  readonly now: Date;
}

/** Fields that no condition has to cover. Source: Amazon S3 API Reference, "POST Policy". */
const uncovered = /^(?:x-amz-signature|file|policy|x-ignore-.*)$/;

/**
 * Checks a form against its policy.
 * Source of order and wording: AWS's recorded answers; otherwise the Amazon S3 API Reference, "POST Policy".
 * @throws S3Error InvalidPolicyDocument, AccessDenied, EntityTooLarge, EntityTooSmall
 */
export function checkPolicy(policyBase64: string, submitted: Submitted): void {
  const { expiration, conditions } = parsePolicy(policyBase64);
  if (expiration.getTime() <= submitted.now.getTime()) throw denied('Policy expired.');
  const covered = new Set<string>(['bucket']);
  for (const condition of conditions) covered.add(checkCondition(condition, submitted));
  const extra = [...submitted.fields.keys()].filter((name) => !covered.has(name) && !uncovered.test(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

function denied(why: string): S3Error {
  return new S3Error('AccessDenied', { message: `Invalid according to Policy: ${why}` });
}

function invalid(why: string): S3Error {
  return new S3Error('InvalidPolicyDocument', { message: `Invalid Policy: ${why}` });
}

interface Policy {
  readonly expiration: Date;
  readonly conditions: readonly unknown[];
}

function parsePolicy(policyBase64: string): Policy {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(policyBase64, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid JSON.');
  }
  if (typeof policy !== 'object' || policy === null) throw invalid('Invalid JSON.');
  const { expiration, conditions } = policy as { expiration?: unknown; conditions?: unknown };
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(expiration))
    throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  return { expiration: new Date(expiration), conditions };
}

/** Returns the name of the field that the condition covers, in lower case. */
function checkCondition(condition: unknown, submitted: Submitted): string {
  if (Array.isArray(condition)) return checkList(condition, submitted);
  const entries = typeof condition === 'object' && condition !== null ? Object.entries(condition) : [];
  const [entry, second] = entries;
  if (entry === undefined || second !== undefined) {
    throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  }
  return checkList(['eq', `$${entry[0]}`, entry[1]], submitted);
}

function checkList(condition: readonly unknown[], submitted: Submitted): string {
  const [operator, name, value] = condition;
  const failed = denied(`Policy Condition failed: ${JSON.stringify(condition).replaceAll('","', '", "')}`);
  if (operator === 'content-length-range') {
    if (!isCount(name) || !isCount(value)) throw failed;
    checkSize(submitted.fileBytes, { min: Number(name), max: Number(value) });
    return '';
  }
  if (typeof name !== 'string' || typeof value !== 'string' || !name.startsWith('$')) throw failed;
  const field = name.slice(1).toLowerCase();
  const given = submitted.fields.get(field) ?? '';
  if (operator === 'eq' && given === value) return field;
  if (operator === 'starts-with' && parts(field, given).every((part) => part.startsWith(value))) return field;
  throw failed;
}

/** "If the value is a list of comma-separated values, each of them has to begin so" (of Content-Type alone). */
function parts(field: string, value: string): readonly string[] {
  return field === 'content-type' ? value.split(',') : [value];
}

function isCount(value: unknown): boolean {
  return /^\d+$/.test(String(value));
}

function checkSize(bytes: number, { min, max }: { readonly min: number; readonly max: number }): void {
  const ProposedSize = String(bytes);
  if (bytes > max)
    throw new S3Error('EntityTooLarge', { details: { ProposedSize, MaxSizeAllowed: String(max) } });
  if (bytes < min)
    throw new S3Error('EntityTooSmall', { details: { ProposedSize, MinSizeAllowed: String(min) } });
}
