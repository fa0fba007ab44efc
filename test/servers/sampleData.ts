import { sampleDotSegmentKeys, sampleOddKeys } from '../support/oddKeys.js';
import { logs } from './sampleData/logs.js';
import type { Sample, SampleBucket } from './sampleData/sample.js';
import { uploads } from './sampleData/uploads.js';
import { website } from './sampleData/website.js';
import type { StrictS3 } from './strictS3/server.js';

const dayMs = 86_400_000;

const oddSamples = Object.entries({ ...sampleOddKeys, ...sampleDotSegmentKeys }).map(
  ([what, key], index): Sample => ({
    key,
    body: `This object's key is odd: ${what}.\n`,
    ageDays: index * 3,
    contentType: 'text/plain; charset=utf-8',
  }),
);

const odd: SampleBucket = { name: 'acme-odd-keys', samples: oddSamples };

/** The sample buckets, exported for tests that check their contents. */
export const sampleBuckets: readonly SampleBucket[] = [website, uploads, logs, odd];

/**
 * Fills a server with realistic buckets: a website, an inbox in eu-central-1, 2500 logs, and odd keys.
 * Always the same objects; only their ages depend on `now`.
 */
export function fillSampleData(server: StrictS3, now: Date = new Date()): void {
  for (const { name, region, samples } of sampleBuckets) {
    server.createBucket(name, { region });
    for (const { key, body, ageDays, ...options } of samples) {
      const lastModified = new Date(now.getTime() - ageDays * dayMs);
      server.putObject(name, key, body, { ...options, lastModified });
    }
  }
}
