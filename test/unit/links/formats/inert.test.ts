import assert from 'node:assert/strict';
import { linkCodes, writeLinkCode, type LinkCodeId } from '../../../../src/core/links/code/codes.js';
import { formatLink, formatsFor } from '../../../../src/core/links/formats/formats.js';
import { formatList, listFormats, type ListFormatId } from '../../../../src/core/links/lists/formats.js';
import { signLink } from '../../../../src/core/links/sign.js';
import { signMany } from '../../../../src/core/links/signMany.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { refusalOf } from '../../support/formats/formatText.js';
import { assertInert, hidden, hostileNames } from '../../support/formats/inert.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';

const expiresInSeconds = 60;

/** The names that only these formats refuse because of their characters. */
const unwritable: Readonly<Record<string, RegExp>> = {
  curl: /\n$/,
  wget: /\n$/,
  htmlForm: /[\x80-\x9f]/,
  http: hidden,
};

describe('a link copied in a format', () => {
  const use = useServer();

  for (const kind of ['get', 'head', 'put', 'delete', 'post'] as const) {
    for (const id of formatsFor(kind)) {
      it(`has no active or hidden characters, whatever the names contain: ${kind} as ${id}`, async () => {
        const connection = await use.connect();
        const write = async (name: string) => {
          const link = await signLink(connection, { kind, bucket: 'docs', key: name, expiresInSeconds });
          return formatLink(id, link, { fileName: name });
        };
        const plain = await write('plain');
        for (const name of hostileNames) {
          const result = await write(name);
          const what = JSON.stringify(name);
          if ('text' in result) assertInert(result.text, { plain, what });
          else if (formatMessage(result.problem).includes('control or invisible'))
            assert.match(name, unwritable[id] ?? /^$/);
        }
        if (id !== 'http') assert.ok('text' in (await write('a\u0003b\u202ec')));
      });
    }
  }

  it('says why a format does not support it', async () => {
    const base = { bucket: 'docs', expiresInSeconds };
    const form = await use.sign({ kind: 'post', key: 'a\u0085', ...base });
    assert.equal(
      refusalOf('htmlForm', form),
      'The key or file name has control or invisible characters, which HTML form cannot escape. Choose another format.',
    );
    const link = await use.sign({ kind: 'get', key: 'a', ...base });
    assert.match(refusalOf('curl', link, { fileName: 'a\n' }), /which cURL for bash cannot escape/);
  });
});

describe('code that is copied', () => {
  const use = useServer();

  for (const id of Object.keys(linkCodes) as LinkCodeId[]) {
    it(`has no active or hidden characters, whatever the names contain: ${id}`, async () => {
      const connection = await use.connect();
      const write = (key: string) =>
        writeLinkCode(id, connection, { kind: 'get', bucket: 'docs', key, expiresInSeconds });
      const plain = { text: await write('plain') };
      for (const name of hostileNames) {
        if (id === 'awsCli' && name.endsWith('\n'))
          assert.match((await rejection(write(name))).message, /which AWS CLI cannot escape/);
        else assertInert(await write(name), { plain, what: JSON.stringify(name) });
      }
    });
  }
});

describe('a list that is copied or saved', () => {
  const use = useServer();

  for (const id of Object.keys(listFormats) as ListFormatId[]) {
    it(`has no active or hidden characters, whatever the names contain: ${id}`, async () => {
      const connection = await use.connect();
      const write = async (keys: readonly string[], base: string) => {
        const request = { kind: 'get', bucket: 'docs', expiresInSeconds } as const;
        const links = signMany(connection, request, { keys: [keys.map((key) => base + key)] });
        let text = '';
        for await (const piece of formatList(id, links, { bucket: 'docs', base })) text += piece;
        return text;
      };
      const base = 'in\u0003\ntouch PWNED\n/';
      const text = await write(hostileNames, base);
      assert.equal(hidden.test(text.replace(/\r?\n/g, '')), false);
      const renamed = text.match(/^# .* is saved as .*$/gm) ?? [];
      const plain = await write(
        hostileNames.map((_, index) => `plain${index}`),
        'in/',
      );
      assert.equal(text.split('\n').length, plain.split('\n').length + renamed.length);
    });
  }
});
