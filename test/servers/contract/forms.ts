import { GetObjectCommand } from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import { signForm } from '../../../src/core/links/postPolicy.js';
import type { LinkTarget } from '../../../src/core/links/target.js';
import type { Contract, Scene } from './target.js';
import { statusOf } from './target.js';

/** What a user fills in and changes before sending. */
interface Sending {
  readonly file: string;
  readonly fileName?: string;
  /** Sent in addition, or instead of a field of the same name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Fields to leave out. */
  readonly without?: readonly string[];
}

interface Signing {
  /** How long after signing the form is valid; negative for one that has expired. */
  readonly livesMs?: number;
  readonly secretAccessKey?: string;
  readonly region?: string;
}

function fieldsOf(
  { target, bucket }: Scene,
  about: Omit<LinkTarget, 'bucket'>,
  { livesMs = 600_000, ...other }: Signing,
): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey } = target;
  const now = Date.now();
  return signForm(
    { bucket, ...about },
    {
      keys: { accessKeyId, secretAccessKey: other.secretAccessKey ?? secretAccessKey },
      region: other.region ?? 'us-east-1',
      signedAt: new Date(livesMs < 0 ? now + 2 * livesMs : now),
      expiresAt: new Date(now + livesMs),
    },
  );
}

/** Sends a form as a browser would. */
async function send(
  scene: Scene,
  fields: Readonly<Record<string, string>>,
  sending: Sending,
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...sending.fields })) {
    if (sending.without?.includes(name) !== true) body.append(name, value);
  }
  body.append('file', new Blob([sending.file]), sending.fileName ?? 'a.txt');
  const url = `${scene.target.endpoint}/${scene.bucket}`;
  return await fetch(url, { method: 'POST', body, redirect: 'manual' });
}

async function post(
  scene: Scene,
  about: Omit<LinkTarget, 'bucket'>,
  sending: Sending & Signing,
): Promise<Response> {
  return await send(scene, fieldsOf(scene, about, sending), sending);
}

async function stored({ client, bucket }: Scene, Key: string): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return await Body?.transformToString();
}

const exactKey = { key: 'in/a b+c%41.txt' } as const;
const anyImage = { ...exactKey, contentType: 'image/', form: { typeIsPrefix: true } } as const;

/** The restrictions on a form upload. */
export const forms: Contract = {
  'a form uploads under its exact key': async (scene) => {
    assert.equal((await post(scene, exactKey, { file: 'text' })).status, 204);
    assert.equal(await stored(scene, exactKey.key), 'text');
  },
  'another key is refused': async (scene) => {
    const refusal = await post(scene, exactKey, { file: 'text', fields: { key: 'in/other' } });
    assert.equal(await statusOf(refusal), '403 AccessDenied');
  },
  'the file name is appended to a prefix': async (scene) => {
    const about = { key: 'in/', form: { keyIsPrefix: true } };
    assert.equal((await post(scene, about, { file: 'text', fileName: 'ünï b.txt' })).status, 204);
    assert.equal(await stored(scene, 'in/ünï b.txt'), 'text');
  },
  'a key outside of the prefix is refused': async (scene) => {
    const about = { key: 'in/', form: { keyIsPrefix: true } };
    const refusal = await post(scene, about, { file: 'text', fields: { key: 'out/a' } });
    assert.equal(await statusOf(refusal), '403 AccessDenied');
  },
  'a file of the maximum or minimum size is accepted': async (scene) => {
    const about = { ...exactKey, form: { minBytes: 3, maxBytes: 5 } };
    assert.equal((await post(scene, about, { file: '12345' })).status, 204);
    assert.equal((await post(scene, about, { file: '123' })).status, 204);
  },
  'a file above the maximum size is EntityTooLarge': async (scene) => {
    const refusal = await post(scene, { ...exactKey, form: { maxBytes: 5 } }, { file: '123456' });
    assert.equal(await statusOf(refusal), '400 EntityTooLarge');
  },
  'a file below the minimum size is EntityTooSmall': async (scene) => {
    const refusal = await post(scene, { ...exactKey, form: { minBytes: 3 } }, { file: '12' });
    assert.equal(await statusOf(refusal), '400 EntityTooSmall');
  },
  'the refusal of a size states the sizes': async (scene) => {
    const form = { minBytes: 3, maxBytes: 5 };
    const large = await (await post(scene, { ...exactKey, form }, { file: '123456' })).text();
    assert.match(large, /<ProposedSize>6<\/ProposedSize><MaxSizeAllowed>5</);
    const small = await (await post(scene, { ...exactKey, form }, { file: '12' })).text();
    assert.match(small, /<ProposedSize>2<\/ProposedSize><MinSizeAllowed>3</);
  },
  'a wrong or missing type is refused': async (scene) => {
    const about = { ...exactKey, contentType: 'text/plain' };
    const other = await post(scene, about, { file: 'x', fields: { 'Content-Type': 'text/html' } });
    assert.equal(await statusOf(other), '403 AccessDenied');
    const missing = await post(scene, about, { file: 'x', without: ['Content-Type'] });
    assert.equal(await statusOf(missing), '403 AccessDenied');
  },
  'the type is stored': async (scene) => {
    await post(scene, { ...exactKey, contentType: 'text/csv' }, { file: 'x' });
    const { client, bucket: Bucket } = scene;
    const { ContentType } = await client.send(new GetObjectCommand({ Bucket, Key: exactKey.key }));
    assert.equal(ContentType, 'text/csv');
  },
  'a type with the signed prefix is accepted': async (scene) => {
    const taken = await post(scene, anyImage, { file: 'x', fields: { 'Content-Type': 'image/png' } });
    assert.equal(taken.status, 204);
  },
  'a type with another prefix is refused': async (scene) => {
    const refusal = await post(scene, anyImage, { file: 'x', fields: { 'Content-Type': 'text/png' } });
    assert.equal(await statusOf(refusal), '403 AccessDenied');
  },
  'a field without a condition is refused': async (scene) => {
    const refusal = await post(scene, exactKey, { file: 'x', fields: { 'x-amz-meta-a': 'b' } });
    assert.equal(await statusOf(refusal), '403 AccessDenied');
  },
  'a field named x-ignore- is accepted': async (scene) => {
    const taken = await post(scene, exactKey, { file: 'x', fields: { 'x-ignore-a': 'b' } });
    assert.equal(taken.status, 204);
  },
  'an expired form is refused': async (scene) => {
    assert.equal(
      await statusOf(await post(scene, exactKey, { file: 'x', livesMs: -60_000 })),
      '403 AccessDenied',
    );
  },
  'the refusal of an expired form states the reason': async (scene) => {
    const text = await (await post(scene, exactKey, { file: 'x', livesMs: -60_000 })).text();
    assert.match(text, /Invalid according to Policy: Policy expired\./);
  },
  'a policy changed after signing does not match': async (scene) => {
    const fields = fieldsOf(scene, exactKey, {});
    const other = fieldsOf(scene, { key: 'in/other' }, {}).policy ?? '';
    const refusal = await send(scene, { ...fields, policy: other }, { file: 'x' });
    assert.equal(await statusOf(refusal), '403 SignatureDoesNotMatch');
  },
  'a wrong secret does not match': async (scene) => {
    const refusal = await post(scene, exactKey, { file: 'x', secretAccessKey: 'other' });
    assert.equal(await statusOf(refusal), '403 SignatureDoesNotMatch');
  },
  'a scope of another region is refused': async (scene) => {
    const refusal = await post(scene, exactKey, { file: 'x', region: 'eu-west-1' });
    assert.equal(await statusOf(refusal), '400 AuthorizationQueryParametersError');
  },
  'a form for another bucket is refused': async (scene) => {
    const fields = fieldsOf({ ...scene, bucket: 'another' }, exactKey, {});
    assert.equal(await statusOf(await send(scene, fields, { file: 'x' })), '403 AccessDenied');
  },
  'the success status is returned': async (scene) => {
    const status = async (successStatus: 200 | 201) =>
      (await post(scene, { ...exactKey, form: { successStatus } }, { file: 'x' })).status;
    assert.deepEqual([await status(200), await status(201)], [200, 201]);
  },
  'status 201 returns bucket, key and ETag': async (scene) => {
    const about = { key: 'in/', form: { keyIsPrefix: true, successStatus: 201 } } as const;
    const text = await (await post(scene, about, { file: 'x', fileName: 'b.txt' })).text();
    assert.match(text, new RegExp(`<Bucket>${scene.bucket}</Bucket>`));
    assert.match(text, /<Key>in\/b\.txt<\/Key>/);
    assert.match(text, /<ETag>(?:"|&quot;)?9dd4e461268c8034f5c8564e155c67a6/);
  },
  'the redirect has bucket, key and ETag': async (scene) => {
    const form = { successRedirect: 'http://127.0.0.1:1/done' };
    const answer = await post(scene, { ...exactKey, form }, { file: 'x' });
    assert.equal(answer.status, 303);
    const page = new URL(answer.headers.get('location') ?? '');
    assert.equal(page.origin + page.pathname, 'http://127.0.0.1:1/done');
    const { bucket, key, etag } = Object.fromEntries(page.searchParams);
    assert.deepEqual([bucket, key], [scene.bucket, exactKey.key]);
    assert.match(etag ?? '', /9dd4e461268c8034f5c8564e155c67a6/);
  },
};
