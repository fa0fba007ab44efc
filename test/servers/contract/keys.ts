import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import { sampleDotSegmentKeys, sampleOddKeys } from '../../support/oddKeys.js';
import { sendRaw } from './raw.js';
import type { Contract, Scene } from './target.js';
import { put, refusalOf } from './target.js';

async function listedKeys({ client, bucket }: Scene): Promise<string[]> {
  const command = new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url' });
  const { Contents = [] } = await client.send(command);
  return Contents.map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', '%20')));
}

async function survives(scene: Scene, key: string): Promise<void> {
  const place = { Bucket: scene.bucket, Key: key };
  const upload = await getSignedUrl(scene.client, new PutObjectCommand(place));
  const sent = await sendRaw(upload, { method: 'PUT', body: key });
  assert.equal(sent.status, 200, sent.body);
  assert.deepEqual(await listedKeys(scene), [key]);
  const download = await getSignedUrl(scene.client, new GetObjectCommand(place));
  assert.equal((await sendRaw(download)).body, key);
  const { Body } = await scene.client.send(new GetObjectCommand(place));
  assert.equal(await Body?.transformToString(), key);
  await scene.client.send(new DeleteObjectCommand(place));
  assert.deepEqual(await listedKeys(scene), []);
}

function survivals(named: Readonly<Record<string, string>>): Contract {
  const entries = Object.entries(named).map(([name, key]) => {
    const run = (scene: Scene): Promise<void> => survives(scene, key);
    return [`a key survives: ${name}`, run] as const;
  });
  return Object.fromEntries(entries);
}

export const keys: Contract = {
  ...survivals(sampleOddKeys),
  ...survivals(sampleDotSegmentKeys),
  'keys that look alike are different objects': async (scene) => {
    const alike = ['caf\u00e9', 'cafe\u0301', 'a', 'A', 'a/', '/a', 'a b', 'a+b', 'a%20b'];
    for (const key of alike) await put(scene, key);
    assert.deepEqual((await listedKeys(scene)).sort(), [...alike].sort());
  },
  'a key of 1025 bytes is KeyTooLongError': async (scene) => {
    assert.equal(await refusalOf(put(scene, 'x'.repeat(1025), 'text')), '400 KeyTooLongError');
  },
  'a key is measured in bytes': async (scene) => {
    assert.equal(await refusalOf(put(scene, '\u00e9'.repeat(513), 'text')), '400 KeyTooLongError');
    await put(scene, '\u00e9'.repeat(512), 'text');
  },
  'an unescaped plus sign in a path is a space': async (scene) => {
    await put(scene, 'a b', 'text');
    const command = new GetObjectCommand({ Bucket: scene.bucket, Key: 'a b' });
    const url = await getSignedUrl(scene.client, command);
    assert.equal((await sendRaw(url.replace('a%20b', 'a+b'))).body, 'text');
  },
  'a path that is not UTF-8 is refused': async ({ target, bucket }) => {
    assert.equal((await sendRaw(`${target.endpoint}/${bucket}/a%FF`)).status, 400);
  },
};
