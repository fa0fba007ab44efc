import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  StorageClass,
} from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import type { Contract, Scene } from './target.js';
import { put, refusalOf } from './target.js';

type PutInput = Omit<ConstructorParameters<typeof PutObjectCommand>[0], 'Bucket' | 'Key'>;

async function write({ client, bucket }: Scene, input: PutInput): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'again', ...input }));
}

async function copy({ client, bucket }: Scene, source: string, key: string, input = {}): Promise<void> {
  const from = `${bucket}/${encodeURIComponent(source)}`;
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: from, ...input }));
}

async function read({ client, bucket }: Scene, key: string): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return await Body?.transformToString();
}

export const writes: Contract = {
  'If-None-Match: * only creates': async (scene) => {
    await write(scene, { IfNoneMatch: '*', Body: 'first' });
    assert.equal(await refusalOf(write(scene, { IfNoneMatch: '*' })), '412 PreconditionFailed');
    assert.equal(await read(scene, 'a'), 'first');
  },
  'If-Match replaces only a matching object': async (scene) => {
    await put(scene, 'a', 'text');
    assert.equal(await refusalOf(write(scene, { IfMatch: '"other"' })), '412 PreconditionFailed');
    await write(scene, { IfMatch: '"1cb251ec0d568de6a929b520c4aed8d1"' });
    assert.equal(await read(scene, 'a'), 'again');
  },
  'If-Match for a missing object is NoSuchKey': async (scene) => {
    assert.equal(await refusalOf(write(scene, { IfMatch: '"other"' })), '404 NoSuchKey');
  },
  'an invalid storage class is refused': async (scene) => {
    const refusal = await refusalOf(write(scene, { StorageClass: 'NONE' as StorageClass }));
    assert.equal(refusal, '400 InvalidStorageClass');
  },
  'a storage class is returned': async ({ client, bucket }) => {
    const place = { Bucket: bucket, Key: 'a' };
    await client.send(new PutObjectCommand({ ...place, Body: 'x', StorageClass: StorageClass.STANDARD_IA }));
    const found = await client.send(new HeadObjectCommand(place));
    assert.equal(found.StorageClass, 'STANDARD_IA');
  },
  'a copy has the content and the metadata': async (scene) => {
    const source = 'dir/ä +%?.txt';
    await scene.client.send(
      new PutObjectCommand({ Bucket: scene.bucket, Key: source, Body: 'text', Metadata: { a: '1' } }),
    );
    await copy(scene, source, 'copy');
    const found = await scene.client.send(new HeadObjectCommand({ Bucket: scene.bucket, Key: 'copy' }));
    assert.equal(await read(scene, 'copy'), 'text');
    assert.deepEqual(found.Metadata, { a: '1' });
  },
  'a copy can replace the metadata': async (scene) => {
    await put(scene, 'a');
    await copy(scene, 'a', 'b', { MetadataDirective: 'REPLACE', Metadata: { b: '2' } });
    const found = await scene.client.send(new HeadObjectCommand({ Bucket: scene.bucket, Key: 'b' }));
    assert.deepEqual(found.Metadata, { b: '2' });
  },
  'a copy onto itself that changes nothing is refused': async (scene) => {
    await put(scene, 'a');
    assert.equal(await refusalOf(copy(scene, 'a', 'a')), '400 InvalidRequest');
  },
  'a copy of a missing object is NoSuchKey': async (scene) => {
    assert.equal(await refusalOf(copy(scene, 'none', 'b')), '404 NoSuchKey');
  },
  'DeleteObjects deletes all given keys': async (scene) => {
    const keys = ['a&b<c>"\'', 'ä/ö', 'none'];
    for (const key of keys.slice(0, 2)) await put(scene, key);
    const { client, bucket } = scene;
    const Objects = keys.map((Key) => ({ Key }));
    const { Deleted = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }),
    );
    assert.deepEqual(Deleted.map(({ Key }) => Key).sort(), [...keys].sort());
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount, 0);
  },
  'DeleteObjects of more than 1000 keys is refused': async ({ client, bucket }) => {
    const Objects = Array.from({ length: 1001 }, (_, index) => ({ Key: `k${index}` }));
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } });
    assert.equal(await refusalOf(client.send(command)), '400 MalformedXML');
  },
  'DeleteObjects of a key that XML cannot hold is MalformedXML': async (scene) => {
    await put(scene, 'a\u0001');
    const Delete = { Objects: [{ Key: 'a\u0001' }] };
    const command = new DeleteObjectsCommand({ Bucket: scene.bucket, Delete });
    assert.equal(await refusalOf(scene.client.send(command)), '400 MalformedXML');
  },
};
