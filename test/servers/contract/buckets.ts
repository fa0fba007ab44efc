import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import type { Contract } from './target.js';
import { clientFor, put, refusalOf, statusOf } from './target.js';

export const buckets: Contract = {
  'ListBuckets names the bucket': async ({ client, bucket }) => {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    assert.ok(Buckets.some(({ Name }) => Name === bucket));
  },
  'ListBuckets returns pages of MaxBuckets': async ({ client, bucket }) => {
    const other = `${bucket}-2`;
    await client.send(new CreateBucketCommand({ Bucket: other }));
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListBucketsCommand({ MaxBuckets: 1, Prefix: bucket, ContinuationToken: token }),
      );
      assert.equal(page.Buckets?.length, 1);
      found.push(...page.Buckets.map(({ Name }) => Name));
      token = page.ContinuationToken;
    } while (token !== undefined);
    assert.deepEqual(found, [bucket, other]);
  },
  'ListBuckets with a parameter names each region': async ({ client, bucket }) => {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({ MaxBuckets: 1000 }));
    assert.equal(Buckets.find(({ Name }) => Name === bucket)?.BucketRegion, 'us-east-1');
  },
  'HeadBucket answers 200': async ({ client, bucket }) => {
    const { $metadata } = await client.send(new HeadBucketCommand({ Bucket: bucket }));
    assert.equal($metadata.httpStatusCode, 200);
  },
  'HeadBucket names the region': async ({ client, bucket }) => {
    const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: bucket }));
    assert.equal(BucketRegion, 'us-east-1');
  },
  'HeadBucket of a missing bucket is 404': async ({ client, bucket }) => {
    assert.equal(
      await refusalOf(client.send(new HeadBucketCommand({ Bucket: `${bucket}-no` }))),
      '404 NotFound',
    );
  },
  'GetBucketLocation of us-east-1 is empty': async ({ client, bucket }) => {
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: bucket }));
    assert.ok(!LocationConstraint);
  },
  'CreateBucket of a bucket one already owns in us-east-1 succeeds': async ({ client, bucket }) => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  },
  'CreateBucket refuses a name with an underscore': async ({ client }) => {
    const refusal = await refusalOf(client.send(new CreateBucketCommand({ Bucket: 'under_score_' })));
    assert.equal(refusal, '400 InvalidBucketName');
  },
  'CreateBucket in one region cannot name another': async ({ target, bucket }) => {
    const client = clientFor(target, { region: 'eu-central-1' });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    const command = new CreateBucketCommand({ Bucket: `${bucket}-eu`, CreateBucketConfiguration });
    assert.equal(await refusalOf(client.send(command)), '400 IllegalLocationConstraintException');
  },
  'DeleteBucket refuses a bucket that is not empty': async (scene) => {
    await put(scene, 'a');
    const refusal = await refusalOf(scene.client.send(new DeleteBucketCommand({ Bucket: scene.bucket })));
    assert.equal(refusal, '409 BucketNotEmpty');
  },
  'DELETE of an empty key deletes the bucket': async ({ client, target, bucket }) => {
    const url = await getSignedUrl(client, new DeleteBucketCommand({ Bucket: bucket }));
    assert.ok(url.startsWith(`${target.endpoint}/${bucket}`));
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 204);
    assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket: bucket }))), '404 NotFound');
  },
  'listing a missing bucket is NoSuchBucket': async ({ client, bucket }) => {
    const refusal = await refusalOf(client.send(new ListObjectsV2Command({ Bucket: `${bucket}-no` })));
    assert.equal(refusal, '404 NoSuchBucket');
  },
  'a PUT link for a missing bucket is NoSuchBucket': async ({ client, bucket }) => {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: `${bucket}-no`, Key: 'a' }));
    const response = await fetch(url, { method: 'PUT', body: 'text' });
    assert.equal(await statusOf(response), '404 NoSuchBucket');
  },
};
