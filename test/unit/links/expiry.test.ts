import assert from 'node:assert/strict';
import {
  commonExpiriesSeconds,
  exampleDateTime,
  expiryProblem,
  maxExpirySeconds,
  parseExpiry,
  type ParsedExpiry,
} from '../../../src/core/links/expiry.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { must } from '../../support/values.js';

const now = new Date(2026, 0, 29, 12, 0, 0);

function parsed(text: string): ParsedExpiry {
  const answer = parseExpiry(text, now);
  if ('text' in answer) return assert.fail(`refused: ${formatMessage(answer)}`);
  return answer;
}

function refused(text: string): string {
  const answer = parseExpiry(text, now);
  if ('text' in answer) return formatMessage(answer);
  return assert.fail(`read as ${answer.seconds} seconds`);
}

describe('parseExpiry reads durations', () => {
  const rows: readonly (readonly [text: string, seconds: number])[] = [
    ['1s', 1],
    ['90m', 5400],
    ['1h 30m', 5400],
    ['1h30m', 5400],
    ['1H 30M', 5400],
    [' 36h ', 129_600],
    ['2d', 172_800],
    ['1w', 604_800],
    ['7d', 604_800],
    ['7 days', 604_800],
    ['1 day, 2 hours and 3 minutes', 93_780],
    ['1 hour 1 sec', 3601],
    ['15 min', 900],
    ['2 hrs', 7200],
    ['1.5h', 5400],
    ['0.1h', 360],
    ['0.5d', 43_200],
    ['604800s', 604_800],
  ];
  for (const [text, seconds] of rows) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(parsed(text), { seconds });
    });
  }

  it('reads a bare number as minutes and says so', () => {
    assert.deepEqual(parsed('90'), { seconds: 5400, assumedUnit: 'minutes' });
    assert.deepEqual(parsed('45'), { seconds: 2700, assumedUnit: 'minutes' });
    assert.deepEqual(parsed('0.5'), { seconds: 30, assumedUnit: 'minutes' });
  });
});

describe('parseExpiry reads dates', () => {
  const rows: readonly (readonly [text: string, moment: Date])[] = [
    ['2026-01-31', new Date(2026, 0, 31)],
    ['2026-1-31', new Date(2026, 0, 31)],
    ['2026-01-31 18:00', new Date(2026, 0, 31, 18, 0)],
    ['2026-01-31T18:00', new Date(2026, 0, 31, 18, 0)],
    ['2026-01-31 18:00:59', new Date(2026, 0, 31, 18, 0, 59)],
    ['2026-01-29 12:00:01', new Date(2026, 0, 29, 12, 0, 1)],
    ['2026-01-31T18:00Z', new Date(Date.UTC(2026, 0, 31, 18, 0))],
    ['2026-01-31T18:00:30Z', new Date(Date.UTC(2026, 0, 31, 18, 0, 30))],
    ['2026-02-05 12:00', new Date(2026, 1, 5, 12, 0)],
    ['until 2026-01-31 18:00', new Date(2026, 0, 31, 18, 0)],
    [exampleDateTime(now), new Date(2026, 0, 30, 18, 0)],
  ];
  for (const [text, moment] of rows) {
    it(text, () => {
      assert.deepEqual(parsed(text), { seconds: (moment.getTime() - now.getTime()) / 1000 });
    });
  }

  it('names an example that it accepts, on the last day of a month too', () => {
    const lastDay = new Date(2026, 11, 31, 23, 59);
    assert.equal(exampleDateTime(lastDay), '2027-01-01 18:00');
    const answer = parseExpiry('soon', lastDay);
    assert.ok('text' in answer && formatMessage(answer).endsWith('such as 2027-01-01 18:00.'));
  });

  it('never lets the link expire later than requested', () => {
    const answer = parseExpiry('2026-01-29 12:00:10', new Date(now.getTime() + 400));
    assert.deepEqual(answer, { seconds: 9 });
  });
});

const how = /^Enter a duration/;
const short = /at least one second/;
const long = /at most 7 days/;
const fraction = /whole number of seconds/;
const refusedRows: readonly (readonly [text: string, reason: RegExp])[] = [
  ['', how],
  ['   ', how],
  ['0', short],
  ['0s', short],
  ['0d 0h', short],
  ['-5', short],
  ['-5m', short],
  ['0.5s', fraction],
  ['1.5s', fraction],
  ['0.001', fraction],
  ['8d', long],
  ['7d 1s', long],
  ['604801s', long],
  ['10081', long],
  ['999999999999999999999d', long],
  ['garbage', how],
  ['soon', how],
  ['90x', how],
  ['m', how],
  ['1h30', how],
  ['1 month', how],
  ['1h -30m', how],
  ['1e3', how],
  ['Infinity', how],
  ['NaN', how],
  ['2026-02-31', how],
  ['2026-02-31T10:00Z', how],
  ['2026-02-29', how],
  ['2026-13-01', how],
  ['2026-00-10', how],
  ['2026-01-00', how],
  ['2026-01-30 24:00', how],
  ['2026-01-30 12:60', how],
  ['2026-01-30 12:00:60', how],
  ['31/01/2026', how],
  ['tomorrow', how],
  ['until tomorrow', how],
  ['until 90m', how],
  ['2026-01-29 12:00', short],
  ['2026-01-28', short],
  ['2020-01-01', short],
  ['2020-01-31 18:00', short],
  ['2026-02-05 12:00:01', long],
  ['2030-01-31 18:00', long],
];

describe('parseExpiry refuses', () => {
  for (const [text, reason] of refusedRows) {
    it(JSON.stringify(text), () => {
      assert.match(refused(text), reason);
    });
  }
});

describe('expiryProblem', () => {
  it('accepts what SigV4 accepts', () => {
    for (const seconds of [1, 2, 900, maxExpirySeconds, ...commonExpiriesSeconds]) {
      assert.equal(expiryProblem(seconds), undefined);
    }
  });

  for (const seconds of [0, -1, 1.5, maxExpirySeconds + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses ${seconds}`, () => {
      assert.notEqual(must(expiryProblem(seconds)).text, '');
    });
  }
});
