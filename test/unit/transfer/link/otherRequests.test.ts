import assert from 'node:assert/strict';
import { planDownload, UnusableLinkError } from '../../../../src/core/transfer/link/receivedLink.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { readLink } from '../../support/parsedLinks.js';
import { planOf } from '../../support/receivedLinks.js';
import { answerUploads, digestOf } from '../../support/uploadServers.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';
import { writtenForm, writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const then = new Date(Date.UTC(2026, 2, 1, 10, 30));
const address = 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt';

function put(more: string): string {
  return writtenV4({ address, more: [more, 'x-id=PutObject'] });
}

/** A link in JSON with its method, whatever its parameters say. */
function putTo(more: string): string {
  return JSON.stringify({ method: 'PUT', url: writtenV4({ address, more: [more] }) });
}

/** A link in JSON with this header. */
function putWith(name: string): string {
  return JSON.stringify({ method: 'PUT', url: writtenV4({ address }), headers: { [name]: '5' } });
}

describe('a PUT link that is not an upload of a whole object', () => {
  const names = [
    ...[
      'acl',
      'annotation',
      'tagging',
      'retention',
      'legal-hold',
      'torrent',
      'encryption',
      'restore',
      'append',
      'symlink',
      'uploadId',
      'select',
    ],
    ...['x-amz-write-offset-bytes', 'x-amz-copy-source', 'x-goog-copy-source', 'x-oss-copy-source'],
    ...['x-obs-copy-source', 'x-cos-copy-source', 'x-amz-rename-source', 'x-goog-copy-source-generation'],
  ];
  for (const name of names) {
    it(`${name} is refused by name`, () => {
      assert.throws(() => planOf(putTo(`${name}=5`), { now: then }), {
        name: 'UnusableLinkError',
        message: new RegExp(`not for uploading a whole object \\(${name.toLowerCase()}\\)`),
      });
    });
  }

  for (const name of [
    ...['X-Amz-Write-Offset-Bytes', 'X-Goog-Copy-Source', 'X-Oss-Copy-Source', 'Content-Range'],
    'X-HTTP-Method-Override',
  ]) {
    it(`the header ${name} is refused by name`, () => {
      const message = new RegExp(`\\(${name.toLowerCase()}\\)`);
      assert.throws(() => planOf(putWith(name), { now: then }), { name: 'UnusableLinkError', message });
    });
  }
});

describe('anything that claims to be another operation is refused', () => {
  it('an upload link that names one', () => {
    for (const text of [
      writtenV4({ address, more: ['x-id=CopyObject'] }),
      JSON.stringify({ method: 'PUT', url: writtenV4({ address, more: ['x-id=GetObject'] }) }),
    ])
      assert.throws(() => planOf(text, { now: then }), /not for uploading a whole object \(x-id=/);
  });

  it('a form with a field that implies one', () => {
    for (const form of [
      writtenForm([{ bucket: 'docs' }], { 'x-amz-copy-source': 'docs/c' }),
      writtenForm([{ bucket: 'docs' }, { 'X-Oss-Copy-Source': 'docs/c' }]),
      writtenForm([{ bucket: 'docs' }, ['starts-with', '$x-amz-copy-source', '/docs/']]),
    ])
      assert.throws(() => planOf(JSON.stringify(form), { now: then }), UnusableLinkError);
  });

  it('a download with a header that changes the method', () => {
    const url = writtenV4({ address, more: ['x-id=GetObject'] });
    const link = readLink(JSON.stringify({ url, headers: { 'x-http-method-override': 'DELETE' } }));
    assert.throws(() => planDownload(link, then), UnusableLinkError);
  });
});

describe('names in an upload link that Signpost does not know', () => {
  const unknown: readonly (readonly [text: string, names: readonly string[]])[] = [
    [put('token=a&hdnts=b'), ['token', 'hdnts']],
    [put('x-oss-process=image%2Fresize'), ['x-oss-process']],
    [put('x-amz-something-else=1'), ['x-amz-something-else']],
    [put('versionId=1&x-amz-acl=private'), ['versionid']],
    [put('object-mark='), ['object-mark']],
    [putWith('x-custom'), ['x-custom']],
  ];
  for (const [text, names] of unknown) {
    it(`are reported: ${names.join(', ')}`, () => {
      assert.deepEqual(planOf(text, { now: then }).unknownNames, names);
    });
  }

  it('do not occur in links of the SDKs', () => {
    const headers = [
      ...['host', 'content-type', 'content-disposition', 'cache-control', 'expires', 'if-none-match'],
      ...['content-md5', 'content-length', 'x-amz-acl', 'x-amz-tagging', 'x-amz-storage-class'],
      ...['x-amz-meta-a', 'x-amz-checksum-sha256', 'x-amz-server-side-encryption'],
    ];
    const hoisted = [
      ...['x-amz-acl=private', 'x-amz-meta-a=b', 'x-amz-tagging=a%3Db', 'x-amz-checksum-crc32=AAAAAA%3D%3D'],
      ...['x-amz-sdk-checksum-algorithm=CRC32', 'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD'],
      ...['x-amz-object-lock-mode=GOVERNANCE', 'x-amz-grant-read=id%3D1', 'X-Amz-User-Agent=aws-sdk-js'],
      ...['x-amz-website-redirect-location=%2Fa', 'x-amz-server-side-encryption=AES256'],
      'x-amz-request-payer=requester',
    ];
    for (const text of [
      writtenV4({ address, token: 'T', signedHeaders: headers.join(';') }),
      put(hoisted.join('&')),
      writtenV2(address),
    ])
      assert.deepEqual(planOf(text, { now: then }).unknownNames, []);
  });
});

describe('an answer to an operation other than an upload', () => {
  const listen = useListener();
  const bytes = someBytes(100);
  const { signal } = new AbortController();
  const retryLimits = { attempts: 1, pauseMs: 0, totalMs: 0 } as const;
  const upload = (url: string) =>
    uploadThroughLink({ method: 'PUT', url, headers: {} }, { kind: 'bytes', bytes }, { signal, retryLimits });

  for (const root of [
    'CopyObjectResult',
    'CopyPartResult',
    'CompleteMultipartUploadResult',
    'InitiateMultipartUploadResult',
    'ListBucketResult',
  ]) {
    it(`<${root}> is not success`, async () => {
      const text = `<?xml version="1.0"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></${root}>`;
      const endpoint = await listen(answerUploads(() => ({ text })));
      const error = await rejection(upload(`${endpoint}/docs/a`));
      assert.deepEqual([error.name, error.message.includes(root)], ['NotUploadedError', true]);
    });
  }

  it('is success if the digest matches the content', async () => {
    const headers = { etag: `"${digestOf('md5', bytes)}"` };
    const endpoint = await listen(answerUploads(() => ({ headers, text: '<UploadResult></UploadResult>' })));
    assert.equal((await upload(`${endpoint}/docs/a`)).isConfirmed, true);
  });
});
