import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { linkKinds } from '../../../src/core/links/kinds.js';
import type { Contract, Scene } from './target.js';
import { put, statusOf } from './target.js';

type Options = NonNullable<Parameters<typeof getSignedUrl>[2]>;
type PutInput = Omit<ConstructorParameters<typeof PutObjectCommand>[0], 'Bucket' | 'Key'>;

export async function getLink({ client, bucket }: Scene, options: Options = {}): Promise<string> {
  return await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'a' }), options);
}

export async function putLink(scene: Scene, input: PutInput = {}, options: Options = {}): Promise<string> {
  const command = new PutObjectCommand({ Bucket: scene.bucket, Key: 'a', ...input });
  return await getSignedUrl(scene.client, command, options);
}

export async function upload(
  url: string,
  headers: Record<string, string> = {},
  text = 'text',
): Promise<string> {
  return await statusOf(await fetch(url, { method: 'PUT', body: Buffer.from(text), headers }));
}

async function head({ client, bucket }: Scene): Promise<HeadObjectCommandOutput> {
  return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
}

const signsType = (): Options => ({ signableHeaders: new Set(['content-type']) });

/** What links do when they are used as intended. */
export const links: Contract = {
  'a GET link returns the object, and a range of it': async (scene) => {
    await put(scene, 'a', '0123456789');
    const url = await getLink(scene);
    assert.equal(await (await fetch(url)).text(), '0123456789');
    const part = await fetch(url, { headers: { range: 'bytes=0-0' } });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), '0');
  },
  'a PUT link stores the body with the type that is sent': async (scene) => {
    assert.equal(await upload(await putLink(scene), { 'content-type': 'text/x-sent' }), '200');
    const found = await head(scene);
    assert.equal(found.ContentLength, 4);
    assert.equal(found.ContentType, 'text/x-sent');
  },
  'an upload without a type is binary/octet-stream': async (scene) => {
    assert.equal(await upload(await putLink(scene)), '200');
    assert.equal((await fetch(await getLink(scene))).headers.get('content-type'), 'binary/octet-stream');
  },
  'a link may have any expiry up to a week': async (scene) => {
    await put(scene, 'a', 'text');
    assert.equal(await statusOf(await fetch(await getLink(scene, { expiresIn: 604_800 }))), '200');
    assert.equal(await statusOf(await fetch(await getLink(scene, { expiresIn: 1 }))), '200');
  },
  'a signed type has to be sent as signed': async (scene) => {
    const url = await putLink(scene, { ContentType: 'text/css' }, signsType());
    assert.equal(await upload(url, { 'content-type': 'text/css' }), '200');
    assert.equal(await upload(url, { 'content-type': 'text/plain' }), '403 SignatureDoesNotMatch');
    assert.equal(await upload(url), '403 SignatureDoesNotMatch');
  },
  'a signed length has to match the body': async (scene) => {
    assert.equal(await upload(await putLink(scene, { ContentLength: 4 })), '200');
    assert.equal(await upload(await putLink(scene, { ContentLength: 5 })), '403 SignatureDoesNotMatch');
  },
  'a signed If-None-Match makes a create-only link': async (scene) => {
    const url = await putLink(scene, { IfNoneMatch: '*' });
    assert.equal(await upload(url, { 'if-none-match': '*' }), '200');
    assert.equal(await upload(url, { 'if-none-match': '*' }), '412 PreconditionFailed');
    assert.equal(await upload(url), '403 SignatureDoesNotMatch');
  },
  'metadata hoisted into a link is stored': async (scene) => {
    const url = await putLink(scene, { Metadata: { colour: 'blue' } });
    assert.match(url, /x-amz-meta-colour=blue/);
    assert.equal(await upload(url), '200');
    assert.deepEqual((await head(scene)).Metadata, { colour: 'blue' });
  },
  'metadata signed as a header has to be sent': async (scene) => {
    const options = { unhoistableHeaders: new Set(['x-amz-meta-colour']) };
    const url = await putLink(scene, { Metadata: { colour: 'blue' } }, options);
    assert.equal(await upload(url), '403 SignatureDoesNotMatch');
    assert.equal(await upload(url, { 'x-amz-meta-colour': 'blue' }), '200');
    assert.deepEqual((await head(scene)).Metadata, { colour: 'blue' });
  },
  'a storage class hoisted into a link is stored': async (scene) => {
    assert.equal(await upload(await putLink(scene, { StorageClass: 'STANDARD_IA' })), '200');
    assert.equal((await head(scene)).StorageClass, 'STANDARD_IA');
  },
  'a header without the prefix x-amz- may be added': async (scene) => {
    assert.equal(await upload(await putLink(scene), { 'content-language': 'de', 'x-other': '1' }), '200');
  },
  'response overrides in a link are signed': async (scene) => {
    await put(scene, 'a', 'text');
    const command = new GetObjectCommand({ Bucket: scene.bucket, Key: 'a', ResponseContentType: 'text/css' });
    const url = await getSignedUrl(scene.client, command);
    assert.equal((await fetch(url)).headers.get('content-type'), 'text/css');
    const changed = await fetch(url.replace('text%2Fcss', 'text%2Fhtml'));
    assert.equal(await statusOf(changed), '403 SignatureDoesNotMatch');
  },
  'a link to a missing object is NoSuchKey': async (scene) => {
    assert.equal(await statusOf(await fetch(await getLink(scene))), '404 NoSuchKey');
  },
  'a signed checksum header accepts only those bytes': async (scene) => {
    const right = createHash('sha256').update('text').digest('base64');
    const wrong = createHash('sha256').update('other').digest('base64');
    const send = async (sum: string): Promise<string> => {
      const options = { unhoistableHeaders: new Set(['x-amz-checksum-sha256']) };
      const url = await putLink(scene, { ChecksumSHA256: sum }, options);
      return await upload(url, { 'x-amz-checksum-sha256': sum });
    };
    assert.equal(await send(right), '200');
    assert.equal(await send(wrong), '400 BadDigest');
  },
  'a link for exactly one file accepts only that file': async (scene) => {
    const digest = (algorithm: string) => createHash(algorithm).update('text').digest('base64');
    const file = { name: 'a', sizeBytes: 4, md5Base64: digest('md5'), sha256Base64: digest('sha256') };
    const target = { bucket: scene.bucket, key: 'a', file };
    const { signs, headers } = linkKinds.putExact;
    const sent = { 'content-md5': file.md5Base64, 'x-amz-checksum-sha256': file.sha256Base64 };
    assert.deepEqual(headers(target), { ...sent, 'content-length': '4' });
    const options = { unhoistableHeaders: new Set(['x-amz-checksum-sha256']) };
    const url = await signs.presign(target)(scene.client, options);
    assert.equal(await upload(url, sent, 'tent'), '400 BadDigest');
    assert.equal(await upload(url, sent), '200');
  },
  'Content-MD5 is compared with the body': async (scene) => {
    const ContentMD5 = createHash('md5').update('other').digest('base64');
    const url = await putLink(scene, { ContentMD5 });
    assert.equal(await upload(url, { 'content-md5': ContentMD5 }), '400 BadDigest');
  },
};
