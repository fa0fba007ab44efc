import type { Sample, SampleBucket } from './sample.js';

const orders = (day: number): string =>
  `${JSON.stringify(
    Array.from({ length: 6 }, (_, index) => ({
      id: `A-${day * 100 + index}`,
      sku: index % 2 === 0 ? 'R-100' : 'S-010',
      quantity: (index % 3) + 1,
      placed: `2026-03-${String(day).padStart(2, '0')}T0${index}:15:00Z`,
    })),
    undefined,
    2,
  )}\n`;

const dailyOrders = Array.from({ length: 9 }, (_, index): Sample => ({
  key: `inbox/orders/2026-03-0${index + 1}.json`,
  body: orders(index + 1),
  ageDays: 9 - index,
  contentType: 'application/json',
}));

const survey = ['respondent,score,comment']
  .concat(Array.from({ length: 250 }, (_, index) => `${index + 1},${(index * 7) % 11},"Answer ${index + 1}"`))
  .join('\n');

/** Bytes that look compressed to the eye, but are not. */
function filler(bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 31 + (index >>> 8) * 17) & 0xff));
}

export const uploads: SampleBucket = {
  name: 'acme-uploads',
  region: 'eu-central-1',
  samples: [
    ...dailyOrders,
    { key: 'inbox/survey results.csv', body: `${survey}\n`, ageDays: 0.4, contentType: 'text/csv' },
    { key: 'inbox/README.md', body: '# Inbox\n\nPartners put files here through links.\n', ageDays: 500 },
    { key: 'inbox/photos/', body: '', ageDays: 20 },
    { key: 'inbox/photos/IMG_0001.jpg', body: filler(184_320), ageDays: 20, contentType: 'image/jpeg' },
    { key: 'inbox/photos/IMG_0002.jpg', body: filler(201_991), ageDays: 19.9, contentType: 'image/jpeg' },
    { key: 'processed/2026/02/orders.json', body: orders(28), ageDays: 25, contentType: 'application/json' },
    {
      key: 'archive/2024/ledger.csv',
      body: survey,
      ageDays: 790,
      storageClass: 'GLACIER',
      contentType: 'text/csv',
    },
    {
      key: 'archive/2025/ledger.csv',
      body: survey,
      ageDays: 425,
      storageClass: 'STANDARD_IA',
      contentType: 'text/csv',
    },
    { key: 'backup.tar.gz', body: filler(2_621_440), ageDays: 1.1, contentType: 'application/gzip' },
  ],
};
