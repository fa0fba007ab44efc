import type { Sample, SampleBucket } from './sample.js';

const total = 2500;
const perDay = 20;
const minutesApart = 72;

function logLine(start: Date, second: number): string {
  const at = new Date(start.getTime() + second * 1000).toISOString();
  return `${at} GET /index.html ${second % 13 === 0 ? 404 : 200} ${120 + second}\n`;
}

/** Enough for three pages of a listing, all in one folder. */
function logFile(index: number): Sample {
  const start = new Date(
    Date.UTC(2026, 0, 1 + Math.floor(index / perDay), 0, (index % perDay) * minutesApart),
  );
  const name = start.toISOString().slice(0, 16).replace(':', '-');
  const body = Array.from({ length: 3 + (index % 20) }, (_, second) => logLine(start, second)).join('');
  return { key: `access/${name}.log`, body, ageDays: (total - index) / perDay, contentType: 'text/plain' };
}

export const logs: SampleBucket = {
  name: 'acme-logs-2500',
  samples: Array.from({ length: total }, (_, index) => logFile(index)),
};
