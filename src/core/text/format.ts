/** Formats durations and times for display. `locale` is a BCP 47 tag such as `en`. */

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `5400` -> `1 hour 30 minutes`. Only units that are not zero; seven days stay days. */
export function formatDuration(totalSeconds: number, locale: string): string {
  let rest = totalSeconds;
  const parts: string[] = [];
  for (const [unit, seconds] of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(formatUnit(count, { unit, locale, unitDisplay: 'long' }));
  }
  return parts.length > 0 ? parts.join(' ') : formatUnit(0, { unit: 'second', locale, unitDisplay: 'long' });
}

/**
 * A time span in its two largest units: `100000` -> `1 day 3 hours`. Rounded down, so that nothing appears to last
 * longer than it does.
 */
export function formatDistance(totalSeconds: number, locale: string): string {
  const largest = units.findIndex(([, seconds]) => totalSeconds >= seconds);
  const [, stepSeconds] = units[Math.min(largest + 1, units.length - 1)] ?? units[0];
  return formatDuration(largest < 0 ? totalSeconds : totalSeconds - (totalSeconds % stepSeconds), locale);
}

function formatUnit(
  count: number,
  { unit, locale, unitDisplay }: { unit: string; locale: string; unitDisplay: 'long' | 'short' },
): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(count);
}

/** The local time of day, `14:05`, with the date before it when that is not today. */
export function formatMoment(
  moment: Date,
  { now, locale }: { readonly now: Date; readonly locale: string },
): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  if (moment.toDateString() === now.toDateString())
    return new Intl.DateTimeFormat(locale, time).format(moment);
  const sameYear = moment.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    ...time,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(moment);
}

/** Converts a time of S3's clock to this machine's clock, with the difference from `ServerClock.offsetMs`. */
export function localTime(moment: Date, offsetMs: number): Date {
  return new Date(moment.getTime() - offsetMs);
}
