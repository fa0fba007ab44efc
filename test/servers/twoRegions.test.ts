import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { BucketError } from '../../src/core/connection/bucketKind.js';
import { Connection } from '../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../src/core/connection/serviceSettings.js';
import { signLink } from '../../src/core/links/sign.js';
import { listPage } from '../../src/core/storage/listing.js';
import { poll } from '../support/poll.js';
import { scopeOf, takeApart } from '../support/verifier.js';
import type { Ceph } from './ceph/ceph.js';
import { useCeph } from './ceph/useCeph.js';
import { clientFor } from './contract/target.js';

/** A connection such as a profile with this endpoint and region has. */
function connectAt(ceph: Ceph, place: { readonly endpoint: string; readonly region: string }): Connection {
  const { endpoint, region } = place;
  const env = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  const { accessKeyId, secretAccessKey } = ceph;
  return new Connection(
    { kind: 'environment' },
    resolveServiceSettings(undefined, { env, services: new Map() }),
    {
      credentials: () => Promise.resolve({ accessKeyId, secretAccessKey }),
      version: '0.0.0',
    },
  );
}

/**
 * Creates a bucket with an object in each region. The second region learns about the user some time after its
 * start.
 */
async function fill(ceph: Ceph, second: string): Promise<void> {
  const here = clientFor(ceph);
  const there = clientFor({ ...ceph, endpoint: second }, { region: 'eu-west-1' });
  const isKnown = () =>
    there.send(new ListBucketsCommand({})).then(
      () => true,
      () => false,
    );
  await poll(isKnown, { what: 'the second region to know the user', limitMs: 60_000 });
  await here.send(new CreateBucketCommand({ Bucket: 'here' }));
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
  await there.send(new CreateBucketCommand({ Bucket: 'there', CreateBucketConfiguration }));
  await here.send(new PutObjectCommand({ Bucket: 'here', Key: 'a b.txt', Body: 'us-east-1' }));
  await there.send(new PutObjectCommand({ Bucket: 'there', Key: 'a b.txt', Body: 'eu-west-1' }));
}

interface TwoRegions {
  readonly ceph: Ceph;
  /** The endpoint of the second region. */
  readonly second: string;
}

function useTwoRegions(): () => TwoRegions {
  const use = useCeph({ secondRegion: true }, (ceph) => fill(ceph, ceph.secondRegionEndpoint ?? ''));
  return () => ({ ceph: use(), second: use().secondRegionEndpoint ?? '' });
}

describe('two regions of one store: Ceph', function () {
  this.timeout(120_000);
  const use = useTwoRegions();

  for (const [bucket, region] of [
    ['here', 'us-east-1'],
    ['there', 'eu-west-1'],
  ] as const) {
    it(`browses and signs where the bucket is: ${region}`, async () => {
      const { ceph, second } = use();
      const endpoint = bucket === 'here' ? ceph.endpoint : second;
      const connection = connectAt(ceph, { endpoint, region });
      const page = await listPage(connection, { bucket, prefix: '', pageSize: 10 });
      assert.deepEqual(
        page.objects.map(({ key }) => key),
        ['a b.txt'],
      );
      const request = { kind: 'get', bucket, key: 'a b.txt', expiresInSeconds: 60 } as const;
      const link = await signLink(connection, request);
      assert.equal(scopeOf(takeApart(link.url)).region, region);
      assert.equal(await (await fetch(link.url)).text(), region);
    });
  }

  it('reports the endpoint of a bucket that answers 301, and signs nothing for the wrong one', async () => {
    const { ceph, second } = use();
    const connection = connectAt(ceph, { endpoint: ceph.endpoint, region: 'us-east-1' });
    const request = { kind: 'get', bucket: 'there', key: 'a b.txt', expiresInSeconds: 60 } as const;
    for (const attempt of [
      () => listPage(connection, { bucket: 'there', prefix: '', pageSize: 10 }),
      () => signLink(connection, request),
    ]) {
      await assert.rejects(
        attempt,
        (error) => error instanceof BucketError && error.message.includes(second),
      );
    }
  });
});
