import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import type { Contract, Scene } from './target.js';
import { put, refusalOf } from './target.js';

type GetInput = Omit<ConstructorParameters<typeof GetObjectCommand>[0], 'Bucket' | 'Key'>;

async function get({ client, bucket }: Scene, input: GetInput = {}): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', ...input }));
  return (await Body?.transformToString()) ?? '';
}

const longAgo = new Date('2001-01-01T00:00:00Z');

export const objects: Contract = {
  'an object is returned with its type, encoding and metadata': async ({ client, bucket }) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: 'a',
        Body: 'text',
        ContentType: 'text/x-test; charset=utf-8',
        ContentEncoding: 'identity',
        CacheControl: 'max-age=1',
        ContentDisposition: 'inline',
        ContentLanguage: 'de',
        Metadata: { colour: 'deep  blue' },
      }),
    );
    const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
    assert.equal(found.ContentLength, 4);
    assert.equal(found.ContentType, 'text/x-test; charset=utf-8');
    assert.equal(found.ContentEncoding, 'identity');
    assert.equal(found.CacheControl, 'max-age=1');
    assert.equal(found.ContentDisposition, 'inline');
    assert.equal(found.ContentLanguage, 'de');
    assert.equal(found.Metadata?.colour, 'deep  blue');
    assert.equal(found.ETag, '"1cb251ec0d568de6a929b520c4aed8d1"');
  },
  'a range returns its bytes': async (scene) => {
    await put(scene, 'a', '0123456789');
    assert.equal(await get(scene, { Range: 'bytes=2-4' }), '234');
    assert.equal(await get(scene, { Range: 'bytes=7-' }), '789');
    assert.equal(await get(scene, { Range: 'bytes=-3' }), '789');
    assert.equal(await get(scene, { Range: 'bytes=8-99' }), '89');
    const { client, bucket } = scene;
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', Range: 'bytes=2-4' }));
    assert.equal(found.ContentRange, 'bytes 2-4/10');
    assert.equal(found.$metadata.httpStatusCode, 206);
  },
  'a range past the end is InvalidRange': async (scene) => {
    await put(scene, 'a', '0123456789');
    assert.equal(await refusalOf(get(scene, { Range: 'bytes=10-12' })), '416 InvalidRange');
  },
  'response overrides change the headers of a download': async (scene) => {
    await put(scene, 'a');
    const { client, bucket } = scene;
    const found = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: 'a',
        ResponseContentType: 'text/css',
        ResponseContentDisposition: `attachment; filename="x.css"; filename*=UTF-8''%C3%A9.css`,
        ResponseCacheControl: 'no-store',
      }),
    );
    assert.equal(found.ContentType, 'text/css');
    assert.equal(found.ContentDisposition, `attachment; filename="x.css"; filename*=UTF-8''%C3%A9.css`);
    assert.equal(found.CacheControl, 'no-store');
  },
  'a response override that is not Latin-1 is refused': async (scene) => {
    await put(scene, 'a');
    const refusal = await refusalOf(
      get(scene, { ResponseContentDisposition: 'attachment; filename="語.txt"' }),
    );
    assert.equal(refusal, '400 InvalidArgument');
  },
  'If-Match and If-None-Match are checked for a read': async (scene) => {
    await put(scene, 'a', 'text');
    const etag = '"1cb251ec0d568de6a929b520c4aed8d1"';
    assert.equal(await get(scene, { IfMatch: etag }), 'text');
    assert.equal(await get(scene, { IfNoneMatch: '"other"' }), 'text');
    assert.equal(await refusalOf(get(scene, { IfMatch: '"other"' })), '412 PreconditionFailed');
    assert.match(await refusalOf(get(scene, { IfNoneMatch: etag })), /^304 /);
  },
  'If-Modified-Since and If-Unmodified-Since are checked for a read': async (scene) => {
    await put(scene, 'a', 'text');
    assert.equal(await get(scene, { IfModifiedSince: longAgo }), 'text');
    assert.equal(await refusalOf(get(scene, { IfUnmodifiedSince: longAgo })), '412 PreconditionFailed');
  },
  'a missing key is NoSuchKey, and 404 to HEAD': async ({ client, bucket }) => {
    const place = { Bucket: bucket, Key: 'none' };
    assert.equal(await refusalOf(client.send(new GetObjectCommand(place))), '404 NoSuchKey');
    assert.equal(await refusalOf(client.send(new HeadObjectCommand(place))), '404 NotFound');
  },
  'deleting a missing object succeeds': async ({ client, bucket }) => {
    const { $metadata } = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'none' }));
    assert.equal($metadata.httpStatusCode, 204);
  },
};
