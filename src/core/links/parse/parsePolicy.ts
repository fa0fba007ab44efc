import { isUtf8 } from 'node:buffer';
import type { Message } from '../../failures/message.js';
import { hasRepeatedName } from '../../text/repeatedNames.js';
import type { PolicyCondition } from './parsedLink.js';
import type { LinkProblem } from './parseUrl.js';

export interface Policy {
  readonly expiresAt: Date;
  readonly conditions: readonly PolicyCondition[];
}

const damaged: Message = { text: 'The policy of this form cannot be read. Copy the whole form.' };
const repeated: Message = {
  text: 'The policy of this form repeats a name, so servers may read it differently. Ask for another form.',
};
const invalidEnd: Message = {
  text: 'The policy of this form has an invalid expiration time. Ask for another form.',
};
const contradiction: Message = {
  text: 'The conditions of this form contradict each other, so S3 refuses every upload. Ask for another form.',
};

/**
 * Parses the policy of a form, in Base64 as it appears there. Refuses what servers may read differently.
 * Source: Amazon S3 API Reference, "POST Policy".
 */
export function parsePolicy(base64: string): Policy | LinkProblem {
  const json = decodeBase64(base64);
  const policy = json === undefined ? undefined : parseJson(json);
  if (json === undefined || typeof policy !== 'object' || policy === null) return { problem: damaged };
  if (hasRepeatedName(json, { ignoreCase: true })) return { problem: repeated };
  const { expiration, conditions: written } = policy as { expiration?: unknown; conditions?: unknown };
  if (!Array.isArray(written)) return { problem: damaged };
  const expiresAt = parseEnd(expiration);
  if (expiresAt === undefined) return { problem: invalidEnd };
  const conditions = written.flatMap(readCondition);
  return isFulfillable(conditions) ? { expiresAt, conditions } : { problem: contradiction };
}

/** Strictly: decoders disagree about what follows the padding and about characters outside the alphabet. */
function decodeBase64(lines: string): string | undefined {
  const text = lines.replace(/\s+/g, '');
  if (!/^[a-z\d+/]*={0,2}$/i.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** The time zone is required: without one `Date` assumes the zone of this machine. */
function parseEnd(expiration: unknown): Date | undefined {
  const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  const expiresAt = new Date(
    typeof expiration === 'string' && pattern.test(expiration) ? expiration : Number.NaN,
  );
  return Number.isNaN(expiresAt.getTime()) ? undefined : expiresAt;
}

function readCondition(condition: unknown): readonly PolicyCondition[] {
  if (Array.isArray(condition)) return [readTriple(condition)];
  if (typeof condition !== 'object' || condition === null) return [{ kind: 'unknown' }];
  const read = Object.entries(condition).map(([field, value]: [string, unknown]): PolicyCondition =>
    isPlain(value) ? { kind: 'equals', field, value: String(value) } : { kind: 'unknown' },
  );
  // AWS accepts exactly one field per condition.
  return read.length === 1 ? read : [...read, { kind: 'unknown' }];
}

/** Other numbers change when they are parsed. */
function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function readTriple([operator, second, third, ...more]: readonly unknown[]): PolicyCondition {
  if (!isPlain(operator) || more.length > 0) return { kind: 'unknown' };
  const name = String(operator).toLowerCase();
  if (name === 'content-length-range') return readSizes(second, third);
  if (!isPlain(second) || !isPlain(third)) return { kind: 'unknown' };
  const field = String(second).replace(/^\$/, '');
  if (name === 'eq') return { kind: 'equals', field, value: String(third) };
  if (name === 'starts-with') return { kind: 'startsWith', field, value: String(third) };
  return { kind: 'unknown' };
}

function readSizes(min: unknown, max: unknown): PolicyCondition {
  const [minBytes, maxBytes] = [readSize(min), readSize(max)];
  return minBytes === undefined || maxBytes === undefined
    ? { kind: 'unknown' }
    : { kind: 'size', minBytes, maxBytes };
}

/** Some forms write 2^63 - 1 for no limit, which `JSON.parse` rounds; no file exceeds the safe integers. */
function readSize(size: unknown): number | undefined {
  if (typeof size !== 'string' && typeof size !== 'number') return undefined;
  return /^\d{1,19}$/.test(String(size)) ? Math.min(Number(size), Number.MAX_SAFE_INTEGER) : undefined;
}

/** The size range that all conditions allow, inclusive; undefined without such a condition. */
export function allowedSizes(
  conditions: readonly PolicyCondition[],
): { readonly minBytes: number; readonly maxBytes: number } | undefined {
  const sizes = conditions.filter((condition) => condition.kind === 'size');
  if (sizes.length === 0) return undefined;
  return {
    minBytes: Math.max(...sizes.map(({ minBytes }) => minBytes)),
    maxBytes: Math.min(...sizes.map(({ maxBytes }) => maxBytes)),
  };
}

interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** Whether all conditions allow a value of a field. Source: "POST Policy", for lists of content types. */
export function isAllowedValue(
  conditions: readonly PolicyCondition[],
  { field, value }: FieldValue,
): boolean {
  const name = field.toLowerCase();
  const parts = name === 'content-type' ? value.split(',') : [value];
  return conditions.every((condition) => {
    if (!('field' in condition) || condition.field.toLowerCase() !== name) return true;
    if (condition.kind === 'equals') return condition.value === value;
    return parts.every((part) => part.startsWith(condition.value));
  });
}

/**
 * Whether one form can meet all conditions. The longest prefix of a field has to begin with the other ones.
 */
function isFulfillable(conditions: readonly PolicyCondition[]): boolean {
  const sizes = allowedSizes(conditions);
  if (sizes !== undefined && sizes.minBytes > sizes.maxBytes) return false;
  // By field: comparing every condition with all others takes a second for the longest form that is accepted.
  const byField = new Map<string, (PolicyCondition & FieldValue)[]>();
  for (const condition of conditions) {
    if (!('field' in condition)) continue;
    const name = condition.field.toLowerCase();
    const same = byField.get(name);
    if (same === undefined) byField.set(name, [condition]);
    else same.push(condition);
  }
  const rank = ({ kind, value }: PolicyCondition & FieldValue) =>
    kind === 'equals' ? Number.POSITIVE_INFINITY : value.length;
  return [...byField.values()].every((same) => {
    const narrowest = same.reduce((best, other) => (rank(other) > rank(best) ? other : best));
    return isAllowedValue(same, narrowest);
  });
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
