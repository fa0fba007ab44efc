import assert from 'node:assert/strict';
import type { Link, LinkRequest } from '../../../src/core/links/sign.js';
import { signLink } from '../../../src/core/links/sign.js';
import { oddKeys } from '../../support/oddKeys.js';
import { mallory, temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';
import { sentForm } from '../../support/sentForm.js';

/** What the uploader fills in and changes before sending. */
interface Sending {
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly without?: string;
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly location: string;
}

/** Sends a form like a browser, without using any code of Signpost. */
async function submit(link: Link, content: string, sending: Sending = {}): Promise<Answer> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...sentForm(link).fields, ...sending.fields }))
    if (name !== sending.without) body.append(name, value);
  body.append('file', new Blob([content]), sending.fileName ?? 'chosen.txt');
  const answer = await fetch(link.url, { method: 'POST', body, redirect: 'manual' });
  const text = await answer.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  const location = answer.headers.get('location') ?? '';
  return { status: answer.status, code: element('Code'), message: element('Message'), location };
}

async function refusal(link: Link, content: string, sending?: Sending): Promise<string> {
  const { status, code } = await submit(link, content, sending);
  return `${status} ${code}`.trim();
}

function formFor(use: ServerUse, about: Partial<LinkRequest> = {}, profile?: string): Promise<Link> {
  const target = { bucket: 'docs', key: 'in/a b.txt', expiresInSeconds: 60, ...about } as const;
  return use.sign({ ...target, kind: 'post' }, profile);
}

function stored(use: ServerUse, key: string): string {
  return must(use.server.getObject('docs', key)).body.toString();
}

describe('a form upload: its key', () => {
  const use = useServer();

  it('is the one that was signed', async () => {
    const link = await formFor(use);
    assert.equal(await refusal(link, 'text'), '204');
    assert.equal(stored(use, 'in/a b.txt'), 'text');
    for (const key of ['in/other', 'in/a b.txt.exe', 'in/'])
      assert.equal(await refusal(link, 'x', { fields: { key } }), '403 AccessDenied');
    assert.deepEqual(use.server.keys('docs'), ['in/a b.txt']);
  });

  for (const [what, key] of Object.entries(oddKeys)) {
    // Form fields cannot hold bare line breaks: browsers send each as CR LF.
    if (/[\r\n]/.test(key)) continue;
    it(`keeps ${what}`, async () => {
      assert.equal(await refusal(await formFor(use, { key }), 'text'), '204');
      assert.deepEqual(use.server.keys('docs'), [key]);
    });
  }

  it('gets the file name below a prefix', async () => {
    const link = await formFor(use, { key: 'in/', form: { keyIsPrefix: true } });
    assert.equal(await refusal(link, 'text', { fileName: 'Überß 1.txt' }), '204');
    assert.equal(stored(use, 'in/Überß 1.txt'), 'text');
    assert.equal(await refusal(link, 'x', { fields: { key: 'out/a' } }), '403 AccessDenied');
  });

  it('is refused before signing if it contains the file name placeholder', async () => {
    const failed = await rejection(formFor(use, { key: 'in/${filename}/a' }));
    assert.equal(failed.name, 'LinkProblemError');
  });

  it('is for one bucket', async () => {
    use.server.createBucket('other');
    const link = await formFor(use);
    const moved = { ...link, url: link.url.replace('/docs', '/other') };
    assert.ok(moved.url !== link.url);
    assert.equal(await refusal(moved, 'x'), '403 AccessDenied');
  });
});

describe('a form upload: sizes', () => {
  const use = useServer();
  const sizes = { minBytes: 3, maxBytes: 5 };

  for (const [size, answer] of [
    [2, '400 EntityTooSmall'],
    [3, '204'],
    [5, '204'],
    [6, '400 EntityTooLarge'],
  ] as const) {
    it(`from 3 to 5 bytes: ${size} bytes`, async () => {
      assert.equal(await refusal(await formFor(use, { form: sizes }), 'x'.repeat(size)), answer);
    });
  }

  it('with one limit have no other limit', async () => {
    assert.equal(await refusal(await formFor(use, { form: { minBytes: 3 } }), 'x'.repeat(9000)), '204');
    assert.equal(await refusal(await formFor(use, { form: { maxBytes: 5 } }), ''), '204');
  });

  it('are stated in the link', async () => {
    assert.deepEqual(sentForm(await formFor(use, { form: sizes })).bodyBytes, { min: 3, max: 5 });
    assert.equal(sentForm(await formFor(use)).bodyBytes, undefined);
  });
});

describe('a form upload: content types', () => {
  const use = useServer();

  it('an exact type is sent, stored and required', async () => {
    const link = await formFor(use, { contentType: 'text/csv' });
    assert.equal(await refusal(link, 'x'), '204');
    assert.equal(use.server.getObject('docs', 'in/a b.txt')?.contentType, 'text/csv');
    const other = { fields: { 'Content-Type': 'text/html' } };
    assert.equal(await refusal(link, 'x', other), '403 AccessDenied');
    assert.equal(await refusal(link, 'x', { without: 'Content-Type' }), '403 AccessDenied');
  });

  it('a prefix lets the sender choose the rest', async () => {
    const link = await formFor(use, { contentType: 'image/', form: { typeIsPrefix: true } });
    assert.equal(sentForm(link).typePrefix, 'image/');
    assert.equal(await refusal(link, 'x', { fields: { 'Content-Type': 'image/png' } }), '204');
    const other = { fields: { 'Content-Type': 'text/plain' } };
    assert.equal(await refusal(link, 'x', other), '403 AccessDenied');
    assert.equal(await refusal(link, 'x'), '403 AccessDenied');
  });

  it('fields that were not signed are refused', async () => {
    const meta = { fields: { 'x-amz-meta-a': 'b' } };
    const { message } = await submit(await formFor(use), 'x', meta);
    assert.equal(message, 'Invalid according to Policy: Extra input fields: x-amz-meta-a');
    const open = { fields: { acl: 'public-read' } };
    assert.equal(await refusal(await formFor(use), 'x', open), '403 AccessDenied');
  });
});

describe('a form upload: afterwards', () => {
  const use = useServer();

  for (const successStatus of [200, 201, 204] as const) {
    it(`S3 answers ${successStatus}`, async () => {
      const { status } = await submit(await formFor(use, { form: { successStatus } }), 'x');
      assert.equal(status, successStatus);
    });
  }

  it('S3 redirects the browser, and to no other page', async () => {
    const link = await formFor(use, { form: { successRedirect: 'https://a.example/done' } });
    const { status, location } = await submit(link, 'x');
    assert.equal(status, 303);
    assert.match(location, /^https:\/\/a\.example\/done\?bucket=docs&key=in%2Fa\+b\.txt&etag=/);
    const other = { fields: { success_action_redirect: 'https://b.example/' } };
    assert.equal(await refusal(link, 'x', other), '403 AccessDenied');
  });
});

describe('a form upload: expiry', () => {
  const use = useServer();

  it('is by the clock of S3, to the second', async () => {
    const start = new Date(Math.floor(Date.now() / 1000) * 1000);
    use.now = start;
    const link = await formFor(use);
    use.now = new Date(link.expiresAt.getTime() - 1000);
    assert.equal(await refusal(link, 'x'), '204');
    use.now = new Date(link.expiresAt.getTime() + 1000);
    const { status, message } = await submit(link, 'x');
    assert.deepEqual([status, message], [403, 'Invalid according to Policy: Policy expired.']);
    assert.equal(link.expiresAt.getTime() - start.getTime(), 60_000);
  });
});

describe('a form upload: the signer', () => {
  const use = useServer();

  it('includes the token of temporary credentials, and is refused without it', async () => {
    const link = await formFor(use, {}, 'temporary');
    assert.equal(await refusal(link, 'x'), '204');
    assert.ok(sentForm(link).fields['x-amz-security-token'] === temporary.sessionToken);
    const without = await refusal(link, 'x', { without: 'x-amz-security-token' });
    assert.equal(without, '403 InvalidAccessKeyId');
  });

  it('is refused if the signer has no permission to write', async () => {
    assert.ok(mallory.denied.includes('PutObject'));
    assert.equal(await refusal(await formFor(use, {}, 'mallory'), 'x'), '403 AccessDenied');
  });

  it('is refused when it was signed with another secret', async () => {
    const settings = { ...keySettings(temporary), aws_secret_access_key: 'another' };
    use.aws.write({ credentials: profileText('wrong', { ...settings, endpoint_url: use.server.endpoint }) });
    assert.equal(await refusal(await formFor(use, {}, 'wrong'), 'x'), '403 SignatureDoesNotMatch');
  });

  it('is signed for the region of its bucket, and refused with another', async () => {
    const target = { kind: 'post', bucket: 'eu-docs', key: 'a', expiresInSeconds: 60 } as const;
    assert.equal(await refusal(await use.sign(target), 'x'), '204');
    const connection = await use.connect();
    connection.rememberRegion('eu-docs', 'us-west-2');
    const elsewhere = await signLink(connection, target, { now: use.now });
    const { code, message } = await submit(elsewhere, 'x');
    assert.equal(code, 'AuthorizationQueryParametersError');
    assert.ok(message.includes("the region 'us-west-2' is wrong; expecting 'eu-central-1'"));
  });

  it('no condition can be loosened in the policy', async () => {
    const link = await formFor(use, { form: { maxBytes: 5 } });
    const policy = Buffer.from(must(sentForm(link).fields.policy), 'base64').toString();
    const wider = Buffer.from(policy.replace(',5]', ',5000]')).toString('base64');
    assert.ok(wider !== sentForm(link).fields.policy);
    assert.equal(await refusal(link, 'x', { fields: { policy: wider } }), '403 SignatureDoesNotMatch');
  });
});
