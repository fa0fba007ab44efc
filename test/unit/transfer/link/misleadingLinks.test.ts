import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { planDownload, UnusableLinkError } from '../../../../src/core/transfer/link/receivedLink.js';
import {
  conditionRefusal,
  LinkRefusedError,
} from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import { SilentServerError } from '../../../../src/core/connection/requests/limits.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { readLink } from '../../support/parsedLinks.js';
import { planOf } from '../../support/receivedLinks.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const then = new Date(Date.UTC(2026, 2, 1, 10, 30));
const address = 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt';

const surrogate = /an invalid character\. /;

describe('a form that does not do what it shows', () => {
  const refused = {
    'sends its own file': [writtenForm([{ bucket: 'docs' }], { File: 'planted' }), /its own file/],
    'requires its own file': [writtenForm([{ bucket: 'docs' }, { file: 'planted' }]), /its own file/],
    'has a lone surrogate in its key': [writtenForm([{ bucket: 'docs' }], { key: 'in/\ud800x' }), surrogate],
    'has a lone surrogate in a field': [writtenForm([{ bucket: 'docs' }], { acl: '\udc00' }), surrogate],
    'requires a lone surrogate': [writtenForm([{ bucket: 'docs' }, { acl: '\ud800' }]), surrogate],
    'is for a different bucket than its policy': [writtenForm([{ bucket: 'other' }]), /different bucket/],
  } as const;

  for (const [what, [form, reason]] of Object.entries(refused)) {
    it(`${what}: is refused`, () => {
      const link = parseLink(JSON.stringify(form));
      assert.match('problem' in link ? formatMessage(link.problem) : '', reason);
    });
  }

  it('has conditions that are neither text nor numbers: is read without them', () => {
    const odd = { toString: 1, valueOf: 1 };
    const conditions = [{ bucket: 'docs' }, { x: odd }, ['content-length-range', odd, 1], [odd, '$key', 'a']];
    const link = readLink(JSON.stringify(writtenForm(conditions)));
    assert.equal(link.bucket, 'docs');
  });
});

describe('a link with a lone surrogate, which would be sent as another character', () => {
  const odd = 'https://docs.s3.eu-west-1.amazonaws.com/a\ud800.txt';
  for (const [what, written] of [
    ['a URL', writtenV4({ address: odd })],
    ['a URL in JSON', JSON.stringify({ method: 'PUT', url: writtenV4({ address: odd }) })],
    ['the address of a form', JSON.stringify({ ...writtenForm([{ bucket: 'docs' }]), url: odd })],
  ] as const) {
    it(`is refused: ${what}`, () => {
      const link = parseLink(written);
      assert.match('problem' in link ? formatMessage(link.problem) : '', surrogate);
    });
  }
});

describe('a form whose key contains the file name placeholder twice', () => {
  const prefix = [{ bucket: 'docs' }, ['starts-with', '$key', 'in/']];

  for (const [key, fileName] of [
    ['in/${filename}', 'a${filename}.txt'],
    ['in/$${filename}', '{filename}'],
  ] as const) {
    it(`is refused: ${key}, ${fileName}`, () => {
      const written = JSON.stringify(writtenForm(prefix, { key }));
      assert.throws(() => planOf(written, { now: then, fileName }), /servers differ/);
    });
  }

  it('is refused if the file name has a lone surrogate', () => {
    const written = JSON.stringify(writtenForm(prefix, { key: 'in/${filename}' }));
    assert.throws(() => planOf(written, { now: then, fileName: 'a\ud800' }), surrogate);
  });
});

describe('a link for something other than the content of an object', () => {
  const uploads: Readonly<Record<string, string>> = {
    'a part': writtenV4({ address, more: ['partNumber=1&uploadId=u&x-id=PutObject'] }),
    'a copy, by a parameter': writtenV4({ address, more: ['x-amz-copy-source=docs%2Fc&x-id=PutObject'] }),
    'a copy, by a header': JSON.stringify({
      method: 'PUT',
      url: writtenV4({ address, signedHeaders: 'host;x-amz-copy-source' }),
      headers: { 'x-amz-copy-source': 'docs/c' },
    }),
    'a rename': writtenV4({ address, more: ['renameObject=&x-id=PutObject'] }),
    'an append': writtenV4({ address, more: ['append=&position=0&x-id=PutObject'] }),
  };

  for (const [what, written] of Object.entries(uploads)) {
    it(`accepts no upload: ${what}`, () => {
      assert.throws(() => planOf(written, { now: then }), UnusableLinkError);
    });
  }

  it('accepts no download: permissions, for any named operation', () => {
    const link = readLink(writtenV4({ address, more: ['acl=&x-id=GetObject'] }));
    assert.throws(() => planDownload(link, then), UnusableLinkError);
  });
});

describe('an incomplete early refusal', () => {
  const listen = useListener();

  it('is abandoned after the silence limit', async () => {
    const answer: RequestListener = (_, response) => {
      response.writeHead(403, { 'content-length': 500 }).write('<Error>');
    };
    const url = `${await listen(answer, answer)}/docs/a`;
    const body = { kind: 'bytes', bytes: someBytes(2 * 1024 * 1024) } as const;
    const options = {
      signal: new AbortController().signal,
      timeLimits: { connectMs: 60_000, silenceMs: 1000 },
      retryLimits: { attempts: 1, pauseMs: 0, totalMs: 0 },
    };
    const error = await rejection(uploadThroughLink({ method: 'PUT', url, headers: {} }, body, options));
    assert.ok(error instanceof SilentServerError, error.name);
  });
});

describe('conditionRefusal', () => {
  for (const [status, code, expected] of [
    [412, 'PreconditionFailed', 'exists'],
    [409, 'ConditionalRequestConflict', 'exists'],
    [409, 'OperationAborted', undefined],
    [501, 'NotImplemented', 'unsupported'],
    [400, 'InvalidArgument', 'unsupported'],
    [400, 'EntityTooLarge', undefined],
    [403, 'AccessDenied', undefined],
  ] as const) {
    it(`reads ${status} ${code} as ${expected ?? 'something else'}`, () => {
      assert.equal(
        conditionRefusal(
          new LinkRefusedError({ status, code, reason: '', headersNotSigned: undefined, details: {} }),
        ),
        expected,
      );
    });
  }
});
