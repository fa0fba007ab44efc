import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { signForm, signPolicy } from '../../../src/core/links/postPolicy.js';
import { statusOf } from '../../servers/contract/target.js';
import type { StrictS3 } from '../../servers/strictS3/server.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';

const keys = { accessKeyId: 'AKIDFORMS0000000001', secretAccessKey: 'forms' };
const session = { accessKeyId: 'ASIAFORMS0000000001', secretAccessKey: 's', sessionToken: 'to/k+en==' };

let server: StrictS3;

beforeEach(async () => {
  server = await startStrictS3({ credentials: [keys, session] });
  server.createBucket('b');
});

afterEach(async () => {
  await server.close();
});

type Fields = Readonly<Record<string, string>>;

function signedFields(signer: typeof keys = keys, key = 'k'): Fields {
  const signedAt = new Date();
  const expiresAt = new Date(signedAt.getTime() + 60_000);
  return signForm({ bucket: 'b', key }, { keys: signer, region: 'us-east-1', signedAt, expiresAt });
}

/** Fields for a policy with these conditions added to the usual ones. */
function policyFields(...conditions: readonly unknown[]): Fields {
  const { policy, ...fields } = signedFields();
  const usual = JSON.parse(Buffer.from(policy ?? '', 'base64').toString()) as { conditions: unknown[] };
  const changed = { ...usual, conditions: [...usual.conditions, ...conditions] };
  const encoded = Buffer.from(JSON.stringify(changed)).toString('base64');
  const signature = signPolicy(encoded, { keys, region: 'us-east-1', signedAt: new Date() });
  return { ...fields, policy: encoded, 'x-amz-signature': signature };
}

function formOf(fields: Fields, file = new Blob(['text'])): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return form;
}

function post(body: FormData | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.endpoint}/b`, { method: 'POST', body, headers });
}

function omit(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([candidate]) => candidate !== name));
}

describe('strictS3: forms', () => {
  it('answers as recorded if a signing field is missing', async () => {
    for (const name of ['X-Amz-Algorithm', 'X-Amz-Signature']) {
      const text = await (await post(formOf(omit(signedFields(), name.toLowerCase())))).text();
      const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`;
      assert.ok(text.includes(`<Code>InvalidArgument</Code><Message>${message}<`));
      assert.ok(text.includes(`<ArgumentName>${name}<`));
    }
    assert.equal(await statusOf(await post(formOf({ key: 'k' }))), '403 AccessDenied');
  });

  it('answers as recorded to what is not a form', async () => {
    const text = await (await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).text();
    assert.match(text, /<Condition>Bucket POST must be of the enclosure-type multipart\/form-data</);
    const broken = await post('--x\r\nnothing', { 'content-type': 'multipart/form-data; boundary=x' });
    assert.equal(await statusOf(broken), '400 MalformedPOSTRequest');
    const form = new FormData();
    for (const [name, value] of Object.entries(signedFields())) form.append(name, value);
    assert.match(await (await post(form)).text(), /POST requires exactly one file upload per request/);
  });

  it('names the condition that failed as written in the policy', async () => {
    const answer = await post(formOf(policyFields(['eq', '$x-amz-meta-A', 'b c'])));
    assert.match(
      await answer.text(),
      /Policy Condition failed: \[&quot;eq&quot;, &quot;\$x-amz-meta-A&quot;, &quot;b c&quot;\]/,
    );
    const two = await post(formOf(policyFields({ a: 'b', c: 'd' })));
    assert.match(await two.text(), /<Code>InvalidPolicyDocument<.*must have exactly one property/);
    const bare = await post(formOf({ ...policyFields(['eq', 'acl', 'private']), acl: 'private' }));
    assert.equal(await statusOf(bare), '403 AccessDenied');
  });
});

describe('strictS3: what a form stores', () => {
  it('ignores fields after the file, and the type of its part', async () => {
    const form = formOf(signedFields(), new Blob(['text'], { type: 'text/html' }));
    form.append('x-amz-meta-late', 'v');
    assert.equal((await post(form)).status, 204);
    const { contentType, metadata } = server.getObject('b', 'k') ?? {};
    assert.deepEqual([contentType, metadata], [undefined, {}]);
  });

  it('stores metadata, and keeps bytes unchanged', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
    const fields = { ...policyFields({ 'x-amz-meta-a': 'ä' }), 'x-amz-meta-a': 'ä' };
    assert.equal((await post(formOf(fields, new Blob([bytes])))).status, 204);
    const { body, metadata } = server.getObject('b', 'k') ?? {};
    assert.ok(body?.equals(bytes));
    assert.deepEqual(metadata, { a: 'ä' });
  });

  it('accepts a session token, and refuses another one', async () => {
    const fields = signedFields(session);
    assert.equal((await post(formOf(fields))).status, 204);
    const changed = await post(formOf({ ...fields, 'x-amz-security-token': 'other' }));
    assert.equal(await statusOf(changed), '400 InvalidToken');
  });
});

describe('strictS3: pages of other origins', () => {
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${server.endpoint}/b/k`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type',
      },
    });

  it('are refused until the bucket allows them', async () => {
    assert.equal(await statusOf(await preflight('https://a.example')), '403 AccessForbidden');
    server.allowOrigins('b', 'https://a.example');
    const allowed = await preflight('https://a.example');
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://a.example');
    assert.equal(allowed.headers.get('access-control-allow-headers'), 'content-type');
    assert.equal(await statusOf(await preflight('https://b.example')), '403 AccessForbidden');
  });

  it('may read answers, even from a local file', async () => {
    server.allowOrigins('b', '*');
    assert.equal((await preflight('null')).headers.get('access-control-allow-origin'), '*');
    const answer = await post(formOf(signedFields()), { origin: 'null' });
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /ETag/);
  });
});
