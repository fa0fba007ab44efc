import assert from 'node:assert/strict';
import { formatDistance, formatDuration, formatMoment } from '../../../src/core/text/format.js';
import { formatAge, formatBytes } from '../../../src/core/text/formatEntry.js';

describe('formatDistance', () => {
  for (const [seconds, expected] of [
    [0, '0 seconds'],
    [1, '1 second'],
    [59, '59 seconds'],
    [61, '1 minute 1 second'],
    [3661, '1 hour 1 minute'],
    [100_000, '1 day 3 hours'],
    [23_086_000, '267 days 4 hours'],
    [86_399, '23 hours 59 minutes'],
  ] as const) {
    it(`writes ${seconds} s in its two largest units`, () => {
      assert.equal(formatDistance(seconds, 'en'), expected);
    });
  }
});

describe('formatDuration', () => {
  const rows: readonly (readonly [seconds: number, locale: string, expected: string])[] = [
    [0, 'en', '0 seconds'],
    [1, 'en', '1 second'],
    [59, 'en', '59 seconds'],
    [60, 'en', '1 minute'],
    [900, 'en', '15 minutes'],
    [3600, 'en', '1 hour'],
    [5400, 'en', '1 hour 30 minutes'],
    [43_200, 'en', '12 hours'],
    [90_061, 'en', '1 day 1 hour 1 minute 1 second'],
    [129_600, 'en', '1 day 12 hours'],
    [172_800, 'en', '2 days'],
    [604_800, 'en', '7 days'],
    [5400, 'de', '1 Stunde 30 Minuten'],
  ];
  for (const [seconds, locale, expected] of rows) {
    it(`writes ${seconds} seconds in ${locale}`, () => {
      assert.equal(formatDuration(seconds, locale), expected);
    });
  }
});

describe('formatMoment', () => {
  const now = new Date(2026, 5, 15, 13, 0);
  const rows: readonly (readonly [what: string, moment: Date, expected: RegExp])[] = [
    ['a moment of today as the time alone', new Date(2026, 5, 15, 14, 5), /^14:05$/],
    ['midnight of today as 00:00', new Date(2026, 5, 15, 0, 0), /^00:00$/],
    ['a moment of another day with its date', new Date(2026, 5, 16, 9, 5), /^Tue, Jun 16\b.*\b09:05$/],
    ['the same time a day before with its date', new Date(2026, 5, 14, 13, 0), /^Sun, Jun 14\b.*\b13:00$/],
    ['a moment of another year with its year', new Date(2027, 0, 2, 23, 59), /^Sat, Jan 2, 2027\b.*\b23:59$/],
  ];
  for (const [what, moment, expected] of rows) {
    it(`writes ${what}`, () => {
      assert.match(formatMoment(moment, { now, locale: 'en' }), expected);
    });
  }
});

describe('formatAge', () => {
  const now = new Date(2026, 5, 15, 13, 0);
  const rows: readonly (readonly [secondsAgo: number, expected: string])[] = [
    [0, 'now'],
    [1, '1 second ago'],
    [59, '59 seconds ago'],
    [60, '1 minute ago'],
    [3599, '59 minutes ago'],
    [7200, '2 hours ago'],
    [86_400, '1 day ago'],
    [47 * 3600, '1 day ago'],
    [3 * 86_400, '3 days ago'],
    [8 * 86_400, '1 week ago'],
    [70 * 86_400, '2 months ago'],
    [729 * 86_400, '1 year ago'],
    [800 * 86_400, '2 years ago'],
    [-3 * 3600, 'in 3 hours'],
  ];
  for (const [secondsAgo, expected] of rows) {
    it(`calls ${secondsAgo} seconds "${expected}"`, () => {
      const moment = new Date(now.getTime() - secondsAgo * 1000);
      assert.equal(formatAge(moment, { now, locale: 'en' }), expected);
    });
  }
});

describe('formatBytes', () => {
  const rows: readonly (readonly [bytes: number, expected: string])[] = [
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1,023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [12_288, '12 KB'],
    [12_800, '13 KB'],
    [1024 ** 2 - 1, '1 MB'],
    [5 * 1024 ** 3, '5 GB'],
    [2.5 * 1024 ** 4, '2.5 TB'],
    [3000 * 1024 ** 4, '3,000 TB'],
  ];
  for (const [bytes, expected] of rows) {
    it(`writes ${bytes} bytes as ${expected}`, () => {
      assert.equal(formatBytes(bytes, 'en'), expected);
    });
  }

  it('follows the locale', () => {
    assert.equal(formatBytes(1536, 'de'), '1,5 KB');
  });
});
