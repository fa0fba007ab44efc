import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import type { Contract, Scene } from './target.js';
import { put, refusalOf } from './target.js';

async function keepVersions({ client, bucket: Bucket }: Scene): Promise<void> {
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
}

async function write({ client, bucket: Bucket }: Scene, Body: string): Promise<string> {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body }));
  assert.ok(VersionId);
  return VersionId;
}

/** How a bucket with versioning keeps the states of a key. */
export const versions: Contract = {
  'each write is a version that can be read': async (scene) => {
    await keepVersions(scene);
    const [first] = [await write(scene, 'one'), await write(scene, 'two')];
    const { client, bucket: Bucket } = scene;
    const text = async (VersionId?: string) =>
      (await client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId }))).Body?.transformToString();
    assert.deepEqual([await text(first), await text()], ['one', 'two']);
    const { ContentLength } = await client.send(
      new HeadObjectCommand({ Bucket, Key: 'a', VersionId: first }),
    );
    assert.equal(ContentLength, 3);
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'a', VersionId: first }));
    assert.equal(await (await fetch(url)).text(), 'one');
  },
  'an object from before versioning has the version null': async (scene) => {
    await put(scene, 'a', 'before');
    await keepVersions(scene);
    await write(scene, 'after');
    const { client, bucket: Bucket } = scene;
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: 'null' }));
    assert.equal(await Body?.transformToString(), 'before');
  },
  'a deletion hides the object and keeps its versions': async (scene) => {
    await keepVersions(scene);
    const first = await write(scene, 'one');
    const { client, bucket: Bucket } = scene;
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    assert.equal(marker.DeleteMarker, true);
    assert.equal(await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: 'a' }))), '404 NoSuchKey');
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: first }));
    assert.equal(await Body?.transformToString(), 'one');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker.VersionId }));
    assert.equal((await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).VersionId, first);
  },
  'a delete marker itself cannot be read': async (scene) => {
    await keepVersions(scene);
    await write(scene, 'one');
    const { client, bucket: Bucket } = scene;
    const { VersionId } = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const get = new GetObjectCommand({ Bucket, Key: 'a', VersionId });
    assert.equal(await refusalOf(client.send(get)), '405 MethodNotAllowed');
  },
  'versions are listed newest first, with the delete markers': async (scene) => {
    await keepVersions(scene);
    const ids = [await write(scene, 'one'), await write(scene, 'two')];
    await put(scene, 'other');
    const { client, bucket: Bucket } = scene;
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'a' }));
    assert.deepEqual(
      page.Versions?.map(({ VersionId }) => VersionId),
      ids.reverse(),
    );
    assert.ok(page.Versions.every(({ IsLatest }) => IsLatest === false));
    assert.deepEqual(
      page.DeleteMarkers?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [[marker.VersionId, true]],
    );
  },
  'versions are listed in pages': async (scene) => {
    await keepVersions(scene);
    const ids = [await write(scene, 'one'), await write(scene, 'two'), await write(scene, 'three')];
    const { client, bucket: Bucket } = scene;
    const seen: (string | undefined)[] = [];
    let from = {};
    for (let page = 0; page < 4; page += 1) {
      const listed = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, ...from }));
      seen.push(...(listed.Versions ?? []).map(({ VersionId }) => VersionId));
      if (listed.IsTruncated !== true) break;
      from = { KeyMarker: listed.NextKeyMarker, VersionIdMarker: listed.NextVersionIdMarker };
    }
    assert.deepEqual(seen, ids.reverse());
  },
  'a version that does not exist is refused': async (scene) => {
    await keepVersions(scene);
    await write(scene, 'one');
    const { client, bucket: Bucket } = scene;
    const get = new GetObjectCommand({ Bucket, Key: 'a', VersionId: 'x'.repeat(32) });
    assert.equal(await refusalOf(client.send(get)), '404 NoSuchVersion');
  },
};
