/** Formats ages and sizes of objects for display. `locale` is a BCP 47 tag such as `en`. */

/** `3 days ago`, in the largest unit that fits. */
export function formatAge(
  moment: Date,
  { now, locale }: { readonly now: Date; readonly locale: string },
): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  // Elapsed time does not follow the calendar: 47 hours ago need not be "yesterday".
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const ages = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  for (const [unit, length] of ages) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
}

/** `12 KB`: powers of 1024 with the names people know, at most one decimal. */
export function formatBytes(bytes: number, locale: string): string {
  const names = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
  let size = bytes;
  let index = 0;
  // 1023.95 would be rounded to "1,024 KB".
  while (size >= 1023.95 && index < names.length - 1) {
    size /= 1024;
    index += 1;
  }
  const digits = size < 10 && index > 0 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(size)} ${names[index] ?? ''}`;
}
