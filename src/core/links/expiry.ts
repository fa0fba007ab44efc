import type { Message } from '../failures/message.js';

/**
 * SigV4 allows an expiry of one second to seven days. Source: AWS, "Authenticating Requests: Using Query
 * Parameters".
 */
export const maxExpirySeconds = 604_800;

/** Offered wherever an expiry is chosen. */
export const commonExpiriesSeconds = [900, 3600, 43_200, 86_400, 604_800] as const;

/** An expiry in whole seconds and, if the text named no unit, the unit that was assumed. */
export interface ParsedExpiry {
  readonly seconds: number;
  readonly assumedUnit?: 'minutes';
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const amount =
  /(\d+(?:\.\d+)?)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])/giy;

/**
 * Parses `90m`, `1h 30m`, `36h`, `2d`, a bare number (minutes) or a local date and time, optionally after
 * "until", relative to `now`. Returns the reason if the text is none of these or out of range.
 */
export function parseExpiry(text: string, now: Date): ParsedExpiry | Message {
  const trimmed = text.trim();
  if (trimmed === '') return formatHint(now);
  if (trimmed.startsWith('-')) return tooShort;
  const parsed = parseBareNumber(trimmed) ?? parseAmounts(trimmed) ?? parseDateTime(trimmed, now);
  if (parsed === undefined) return formatHint(now);
  return expiryProblem(parsed.seconds) ?? parsed;
}

function formatHint(now: Date): Message {
  return {
    text: 'Enter a duration such as 90m, 1h 30m, 36h or 2d, or a date and time such as {0}.',
    args: [exampleDateTime(now)],
  };
}

/** An example of a date and time that is within the limit: tomorrow evening. */
export function exampleDateTime(now: Date): string {
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const [month, day] = [tomorrow.getMonth() + 1, tomorrow.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${tomorrow.getFullYear()}-${month ?? ''}-${day ?? ''} 18:00`;
}

const tooShort: Message = { text: 'The link must expire at least one second from now.' };

/** Why a link cannot have this expiry, or undefined if it can. */
export function expiryProblem(seconds: number): Message | undefined {
  if (seconds > maxExpirySeconds) {
    return { text: 'S3 links are valid for at most 7 days. Enter 7d or less.' };
  }
  if (Number.isNaN(seconds) || seconds <= 0) return tooShort;
  if (!Number.isInteger(seconds))
    return { text: 'The expiry must be a whole number of seconds. Remove the fraction.' };
  return undefined;
}

function parseBareNumber(text: string): ParsedExpiry | undefined {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  return { seconds: roundIfClose(Number(text) * 60), assumedUnit: 'minutes' };
}

function parseAmounts(text: string): ParsedExpiry | undefined {
  const compact = text
    .replace(/(?:,|\band\b)/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  amount.lastIndex = 0;
  let seconds = 0;
  while (amount.lastIndex < compact.length) {
    const match = amount.exec(compact);
    if (match === null) return undefined;
    seconds += Number(match[1]) * (unitSeconds[(match[2] ?? '').charAt(0).toLowerCase()] ?? Number.NaN);
    while (compact[amount.lastIndex] === ' ') amount.lastIndex += 1;
  }
  return { seconds: roundIfClose(seconds) };
}

/** Undoes the error of binary fractions: 0.1 h is 360 s. */
function roundIfClose(seconds: number): number {
  const rounded = Math.round(seconds);
  return Math.abs(seconds - rounded) < 1e-6 ? rounded : seconds;
}

function parseDateTime(text: string, now: Date): ParsedExpiry | undefined {
  const match =
    /^(?:until\s+)?(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z)?)?$/i.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const fields = [year ?? 0, (month ?? 0) - 1, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0] as const;
  const utc = match[7] !== undefined;
  const moment = utc ? new Date(Date.UTC(...fields)) : new Date(...fields);
  // `Date` carries 31 February over into March, which is not what was meant.
  const carried =
    (utc ? moment.getUTCDate() : moment.getDate()) !== fields[2] ||
    (utc ? moment.getUTCMonth() : moment.getMonth()) !== fields[1] ||
    fields[3] > 23 ||
    fields[4] > 59 ||
    fields[5] > 59;
  if (carried) return undefined;
  return { seconds: Math.floor((moment.getTime() - now.getTime()) / 1000) };
}
