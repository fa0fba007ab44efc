import { GetObjectCommand, ListBucketsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { clientFor } from '../../servers/contract/target.js';
import { fillSampleData, sampleBuckets } from '../../servers/sampleData.js';
import type { StrictS3 } from '../../servers/strictS3/server.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';

const keyPair = { accessKeyId: 'AKIDSAMPLE0000000001', secretAccessKey: 'sample' };

describe('sample data', () => {
  let server: StrictS3;

  before(async () => {
    server = await startStrictS3({ credentials: [keyPair] });
    fillSampleData(server);
  });

  after(async () => {
    await server.close();
  });

  it('has its buckets in their regions', async () => {
    const client = clientFor({ endpoint: server.endpoint, ...keyPair });
    const { Buckets = [] } = await client.send(new ListBucketsCommand({ MaxBuckets: 100 }));
    assert.deepEqual(
      Buckets.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
      [
        ['acme-logs-2500', 'us-east-1'],
        ['acme-odd-keys', 'us-east-1'],
        ['acme-uploads', 'eu-central-1'],
        ['acme-website', 'us-east-1'],
      ],
    );
  });

  it('lists exactly 2500 logs on three pages', async () => {
    const client = clientFor({ endpoint: server.endpoint, ...keyPair });
    const counts: (number | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: 'acme-logs-2500' }))
      counts.push(page.KeyCount);
    assert.deepEqual(counts, [1000, 1000, 500]);
  });

  it('loses no key to another', () => {
    for (const { name, samples } of sampleBuckets)
      assert.equal(server.keys(name).length, samples.length, name);
  });

  it('contains a picture that is a PNG', async () => {
    const client = clientFor({ endpoint: server.endpoint, ...keyPair });
    const command = new GetObjectCommand({ Bucket: 'acme-website', Key: 'assets/img/logo.png' });
    const { Body, ContentType } = await client.send(command);
    assert.equal(ContentType, 'image/png');
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.equal(bytes.readUInt32BE(16), 96);
  });
});
