import assert from 'node:assert/strict';
import { linkCodes, writeLinkCode, type LinkCodeId } from '../../../../src/core/links/code/codes.js';
import {
  formatLink,
  formatsFor,
  LinkFormatError,
  type FormatResult,
  type LinkFormatId,
} from '../../../../src/core/links/formats/formats.js';
import { LinkProblemError } from '../../../../src/core/links/linkProblem.js';
import { signLink, type LinkRequest } from '../../../../src/core/links/sign.js';
import type { LinkHeaders } from '../../../../src/core/links/uploadHeaders.js';
import { assertInert, hidden, hostileNames } from '../../support/formats/inert.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';

const place = { bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
const digest = { sizeBytes: 1, md5Base64: 'AAAA', sha256Base64: 'AAAA' };
const codeIds = Object.keys(linkCodes) as LinkCodeId[];

type MakeRequest = (text: string) => LinkRequest;

/** Options that become headers or parts of a policy, which allow only visible ASCII. */
const restricted: Readonly<Record<string, MakeRequest>> = {
  'content type of an upload': (text) => ({ ...place, kind: 'put', contentType: `text/${text}` }),
  'content type of a form': (text) => ({ ...place, kind: 'post', contentType: `text/${text}` }),
  'prefix of content types': (text) => ({
    ...place,
    kind: 'post',
    contentType: text,
    form: { typeIsPrefix: true },
  }),
  'content type of a download': (text) => ({ ...place, kind: 'get', contentType: `text/${text}` }),
  'cache control': (text) => ({ ...place, kind: 'putCreateOnly', cacheControl: text }),
  'metadata value': (text) => ({ ...place, kind: 'put', metadata: { owner: text } }),
  'metadata name': (text) => ({ ...place, kind: 'put', metadata: { [`owner${text}`]: 'x' } }),
  'storage class': (text) => ({ ...place, kind: 'put', storageClass: text }),
  'KMS key': (text) => ({ ...place, kind: 'put', encryption: { kind: 'kms', keyId: text } }),
  'version ID': (text) => ({ ...place, kind: 'getVersion', versionId: text }),
};

/** Options that accept any text. */
const free: Readonly<Record<string, MakeRequest>> = {
  'name of a download': (text) => ({ ...place, kind: 'getAs', fileName: text }),
  'name of the file that may be uploaded': (text) => ({
    ...place,
    kind: 'putExact',
    file: { ...digest, name: text },
  }),
  'page after an upload': redirectTo,
};

/** The only one of them whose text appears in code. */
function redirectTo(text: string): LinkRequest {
  return { ...place, kind: 'post', form: { successRedirect: `https://site.example/${text}` } };
}

describe('an option with active or hidden characters', () => {
  const use = useServer();

  for (const [what, requestWith] of Object.entries(restricted)) {
    it(`prevents the link and the code if it is the ${what}`, async () => {
      const connection = await use.connect();
      await signLink(connection, requestWith('plain'));
      for (const text of hostileNames.filter((name) => hidden.test(name))) {
        const makers = [
          signLink(connection, requestWith(text)),
          ...codeIds.map((id) => writeLinkCode(id, connection, requestWith(text))),
        ];
        for (const error of await Promise.all(makers.map(rejection)))
          assert.ok(error instanceof LinkProblemError);
      }
    });
  }

  for (const [what, requestWith] of Object.entries(free)) {
    it(`is escaped or refused in every format if it is the ${what}`, async () => {
      const connection = await use.connect();
      for (const id of formatsFor(requestWith('plain').kind)) {
        const write = async (text: string) => formatLink(id, await signLink(connection, requestWith(text)));
        await assertAllInert(id, write);
      }
    });
  }

  it('is escaped or refused in every language if it is the page after an upload', async () => {
    const connection = await use.connect();
    for (const id of codeIds) {
      const write = (text: string) => resultOf(writeLinkCode(id, connection, redirectTo(text)));
      await assertAllInert(id, write);
    }
  });
});

/** Headers with a text that no link option would allow. */
const headersWith: Readonly<Record<string, (text: string) => LinkHeaders>> = {
  'content type': (text) => ({ 'content-type': `text/${text}` }),
  'cache control': (text) => ({ 'cache-control': text }),
  'download name': (text) => ({ 'content-disposition': `attachment; filename=${text}` }),
  tags: (text) => ({ 'x-amz-tagging': `team=${text}` }),
  'metadata value': (text) => ({ 'x-amz-meta-owner': text }),
  'metadata name': (text) => ({ [`x-amz-meta-${text}`]: 'x' }),
};

describe('a signed header with active or hidden characters', () => {
  const use = useServer();

  for (const [what, headers] of Object.entries(headersWith)) {
    it(`is escaped or refused in every format: ${what}`, async () => {
      const link = await use.sign({ ...place, kind: 'put' });
      for (const id of formatsFor('put'))
        await assertAllInert(id, (text) => formatLink(id, { ...link, headers: headers(text) }));
    });
  }

  it('is escaped in every format that has escapes', async () => {
    const link = {
      ...(await use.sign({ ...place, kind: 'put' })),
      headers: { 'x-amz-meta-owner': 'a\u0003b' },
    };
    const refusing = formatsFor('put').filter((id) => 'problem' in formatLink(id, link));
    assert.deepEqual(refusing, ['url', 'http'] satisfies LinkFormatId[]);
  });
});

async function assertAllInert(
  id: string,
  write: (text: string) => FormatResult | Promise<FormatResult>,
): Promise<void> {
  const plain = await write('plain');
  for (const text of hostileNames) {
    const result = await write(text);
    if ('text' in result) assertInert(result.text, { plain, what: `${id} with ${JSON.stringify(text)}` });
  }
}

async function resultOf(code: Promise<string>): Promise<FormatResult> {
  try {
    return { text: await code };
  } catch (error) {
    assert.ok(error instanceof LinkFormatError);
    return { problem: error.userMessage };
  }
}
