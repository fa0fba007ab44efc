import assert from 'node:assert/strict';
import { getLink, putLink, upload } from './links.js';
import type { Contract, Scene } from './target.js';
import { clientFor, put, statusOf } from './target.js';

const hourMs = 3_600_000;

function fromNow(ms: number): Date {
  return new Date(Date.now() + ms);
}

/** Makes a working link and returns the server's answer to a changed one. */
async function changed(scene: Scene, change: (url: string) => string): Promise<string> {
  await put(scene, 'a', 'text');
  const url = await getLink(scene);
  const other = change(url);
  assert.notEqual(other, url);
  return await statusOf(await fetch(other));
}

async function withOther(scene: Scene, other: Parameters<typeof clientFor>[1]): Promise<string> {
  await put(scene, 'a', 'text');
  const client = clientFor(scene.target, other);
  return await statusOf(await fetch(await getLink({ ...scene, client })));
}

/** How servers refuse links that are expired, changed, or used for something else. */
export const linkRefusals: Contract = {
  'an expired link is AccessDenied': async (scene) => {
    const url = await getLink(scene, { signingDate: fromNow(-hourMs), expiresIn: 60 });
    assert.equal(await statusOf(await fetch(url)), '403 AccessDenied');
  },
  'the refusal of an expired link states the expiry': async (scene) => {
    const url = await getLink(scene, { signingDate: fromNow(-hourMs), expiresIn: 60 });
    const text = await (await fetch(url)).text();
    assert.match(text, /<Message>Request has expired<\/Message>/);
    assert.match(text, /<X-Amz-Expires>60<\/X-Amz-Expires><Expires>[^<]+<\/Expires><ServerTime>/);
  },
  'a link that is not valid yet is AccessDenied': async (scene) => {
    await put(scene, 'a', 'text');
    const url = await getLink(scene, { signingDate: fromNow(hourMs), expiresIn: 60 });
    assert.equal(await statusOf(await fetch(url)), '403 AccessDenied');
  },
  'an expiry of more than a week is refused': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604801'));
    assert.equal(refusal, '400 AuthorizationQueryParametersError');
  },
  'an expiry that is not a number is refused': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=soon'));
    assert.equal(refusal, '400 AuthorizationQueryParametersError');
  },
  'a longer expiry breaks the signature': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=901'));
    assert.equal(refusal, '403 SignatureDoesNotMatch');
  },
  'a link without its date is refused': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace(/X-Amz-Date=[^&]+&/, ''));
    assert.equal(refusal, '400 AuthorizationQueryParametersError');
  },
  'a changed signature does not match': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace(/X-Amz-Signature=../, 'X-Amz-Signature=zz'));
    assert.equal(refusal, '403 SignatureDoesNotMatch');
  },
  'a changed key does not match': async (scene) => {
    const refusal = await changed(scene, (url) => url.replace('/a?', '/b?'));
    assert.equal(refusal, '403 SignatureDoesNotMatch');
  },
  'an appended parameter does not match': async (scene) => {
    const refusal = await changed(scene, (url) => `${url}&download=1`);
    assert.equal(refusal, '403 SignatureDoesNotMatch');
  },
  'the refusal of a wrong signature shows what the server signed': async (scene) => {
    await put(scene, 'a', 'text');
    const text = await (await fetch(`${await getLink(scene)}&download=1`)).text();
    assert.match(text, /<StringToSign>AWS4-HMAC-SHA256\s/);
    assert.match(text, /<CanonicalRequest>GET\s/);
  },
  'a GET link is not a HEAD link': async (scene) => {
    await put(scene, 'a', 'text');
    assert.equal((await fetch(await getLink(scene), { method: 'HEAD' })).status, 403);
  },
  'a GET link is not a PUT link': async (scene) => {
    assert.equal(await upload(await getLink(scene)), '403 SignatureDoesNotMatch');
  },
  'a scope of another region is refused': async (scene) => {
    assert.equal(await withOther(scene, { region: 'eu-west-3' }), '400 AuthorizationQueryParametersError');
  },
  'an unknown key is InvalidAccessKeyId': async (scene) => {
    const credentials = { accessKeyId: 'UNKNOWNACCESSKEY0001', secretAccessKey: 'any' };
    assert.equal(await withOther(scene, { credentials }), '403 InvalidAccessKeyId');
  },
  'a wrong secret is SignatureDoesNotMatch': async (scene) => {
    const credentials = { accessKeyId: scene.target.accessKeyId, secretAccessKey: 'wrong' };
    assert.equal(await withOther(scene, { credentials }), '403 SignatureDoesNotMatch');
  },
  'an unsigned x-amz header is refused': async (scene) => {
    const url = await putLink(scene);
    assert.equal(await upload(url, { 'x-amz-meta-colour': 'blue' }), '403 AccessDenied');
  },
  'a hoisted value sent again as a header is refused': async (scene) => {
    const url = await putLink(scene, { Metadata: { colour: 'blue' } });
    assert.equal(await upload(url, { 'x-amz-meta-colour': 'blue' }), '403 AccessDenied');
  },
  'a link with an additional Authorization header is refused': async (scene) => {
    await put(scene, 'a', 'text');
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0',
    };
    assert.equal(await statusOf(await fetch(await getLink(scene), { headers })), '400 InvalidArgument');
  },
  'a body without a length is MissingContentLength': async (scene) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('text'));
        controller.close();
      },
    });
    const response = await fetch(await putLink(scene), { method: 'PUT', body, duplex: 'half' });
    assert.equal(await statusOf(response), '411 MissingContentLength');
  },
};
