import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import type { Contract, Scene } from './target.js';
import { put, refusalOf } from './target.js';

type Input = Omit<ConstructorParameters<typeof ListObjectsV2Command>[0], 'Bucket'>;

async function fill(scene: Scene, keys: readonly string[]): Promise<void> {
  for (const key of keys) await put(scene, key);
}

/** The rows of every page, each page as `key key prefix/`. */
async function pages({ client, bucket }: Scene, input: Input): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, ...input, ContinuationToken: token }),
    );
    const rows = [
      ...(page.Contents ?? []).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    ];
    assert.equal(page.KeyCount, rows.length);
    found.push(rows.join(' '));
    token = page.NextContinuationToken;
    assert.equal(page.IsTruncated, token !== undefined);
  } while (token !== undefined);
  return found;
}

/** The raw XML of a listing. */
async function rawListing({ client, bucket }: Scene, input: Input): Promise<string> {
  const url = await getSignedUrl(client, new ListObjectsV2Command({ Bucket: bucket, ...input }));
  return await (await fetch(url)).text();
}

const tree = ['a.txt', 'b/1', 'b/2', 'b/c/3', 'd/4', 'e.txt'];

export const listing: Contract = {
  'a delimiter groups keys into common prefixes': async (scene) => {
    await fill(scene, tree);
    assert.deepEqual(await pages(scene, { Delimiter: '/' }), ['a.txt e.txt b/ d/']);
    assert.deepEqual(await pages(scene, { Delimiter: '/', Prefix: 'b/' }), ['b/1 b/2 b/c/']);
  },
  'common prefixes count towards MaxKeys': async (scene) => {
    await fill(scene, tree);
    assert.deepEqual(await pages(scene, { Delimiter: '/', MaxKeys: 2 }), ['a.txt b/', 'e.txt d/']);
  },
  'each page continues where the last one ended': async (scene) => {
    await fill(scene, tree);
    assert.deepEqual(await pages(scene, { MaxKeys: 4 }), ['a.txt b/1 b/2 b/c/3', 'd/4 e.txt']);
  },
  'a full page with nothing after it is the last': async (scene) => {
    await fill(scene, tree);
    assert.deepEqual(await pages(scene, { MaxKeys: 3 }), ['a.txt b/1 b/2', 'b/c/3 d/4 e.txt']);
  },
  'StartAfter excludes the given key': async (scene) => {
    await fill(scene, tree);
    assert.deepEqual(await pages(scene, { StartAfter: 'b/2' }), ['b/c/3 d/4 e.txt']);
  },
  'MaxKeys of 0 returns an empty page': async (scene) => {
    await fill(scene, ['a']);
    assert.deepEqual(await pages(scene, { MaxKeys: 0 }), ['']);
  },
  'keys are sorted by their UTF-8 bytes': async (scene) => {
    const keys = ['Z', 'a', 'e\u0301', '\u00e9', '\ue000', '\uffee', '\u{1f600}'];
    await fill(scene, [...keys].reverse());
    assert.deepEqual(await pages(scene, {}), [keys.join(' ')]);
  },
  'EncodingType url encodes a space as a plus sign and keeps slashes': async (scene) => {
    await fill(scene, ['a b/c+d%é']);
    const text = await rawListing(scene, { EncodingType: 'url' });
    assert.match(text, /<Key>a\+b\/c%2Bd%25%C3%A9<\/Key>/);
    assert.match(text, /<EncodingType>url<\/EncodingType>/);
  },
  'EncodingType url encodes control characters': async (scene) => {
    await fill(scene, ['a\u0001\r\nb']);
    assert.match(await rawListing(scene, { EncodingType: 'url' }), /<Key>a%01%0D%0Ab<\/Key>/);
  },
  'without EncodingType a control character is a character reference': async (scene) => {
    await fill(scene, ['a\u0001b']);
    assert.match(await rawListing(scene, {}), /<Key>a&#x0*1;b<\/Key>/i);
  },
  'an invalid continuation token is refused': async ({ client, bucket }) => {
    const command = new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: 'made up' });
    assert.equal(await refusalOf(client.send(command)), '400 InvalidArgument');
  },
};
