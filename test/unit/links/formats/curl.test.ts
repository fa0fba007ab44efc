import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quotePosix } from '../../../../src/core/text/quote.js';
import type { Link } from '../../../../src/core/links/sign.js';
import { safeFileName } from '../../../../src/core/text/safeFileName.js';
import { keyName } from '../../../../src/core/storage/keys.js';
import { useFolder } from '../../support/folders.js';
import { hostileNames } from '../../support/hostileNames.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { formatText } from '../../support/formats/formatText.js';
import { runInBash } from '../../../support/processes.js';
import { useServer } from '../../../support/server.js';
import { must, someBytes } from '../../../support/values.js';

const bytes = someBytes(3000);

const keys = [
  ...hostileNames,
  'a folder/-o pwned',
  'a folder/@pwned',
  "a folder/it's $(touch pwned)",
  ...Object.values(oddKeys),
  ...Object.values(dotSegmentKeys),
  'folder/sub/',
  `${'n'.repeat(300)}.txt`,
];

function formatCurl(link: Link, fileName?: string): string {
  return formatText('curl', link, { fileName });
}

/** The default file name of an upload: nothing in it acts on a terminal. */
function fileOf(key: string): string {
  const name = keyName(key).replace(/\/$/, '');
  return /^\.{0,2}$|\p{Cc}/u.test(name) || Buffer.byteLength(name) > 255 ? 'object' : name;
}

describe('cURL for bash, pasted into bash: downloads', () => {
  const use = useServer();
  const folder = useFolder();

  for (const key of keys) {
    it(JSON.stringify(key.slice(0, 40)), async () => {
      use.server.putObject('docs', key, bytes);
      const link = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      const { exitCode } = await runInBash(formatCurl(link), folder.path);
      assert.equal(exitCode, 0);
      assert.deepEqual(readdirSync(folder.path), [safeFileName(key)]);
      assert.ok(bytes.equals(readFileSync(join(folder.path, safeFileName(key)))));
    });
  }
});

describe('cURL for bash, pasted into bash: uploads', () => {
  const use = useServer();
  const folder = useFolder();

  for (const key of keys) {
    it(JSON.stringify(key.slice(0, 40)), async () => {
      writeFileSync(join(folder.path, fileOf(key)), bytes);
      const contentType = "text/plain; title='a b'";
      const link = await use.sign({ kind: 'put', bucket: 'docs', key, contentType, expiresInSeconds: 60 });
      const { exitCode } = await runInBash(formatCurl(link), folder.path);
      assert.equal(exitCode, 0);
      assert.deepEqual(use.server.keys('docs'), [key]);
      const stored = must(use.server.getObject('docs', key));
      assert.ok(stored.body.equals(bytes));
      assert.equal(stored.contentType, contentType);
      assert.deepEqual(readdirSync(folder.path), [fileOf(key)]);
    });
  }
});

describe('cURL for bash', () => {
  const use = useServer();
  const folder = useFolder();

  for (const name of ['other', '-o pwned', '@pwned', "it's $(touch pwned)"]) {
    it(`uses another file name if given: ${JSON.stringify(name)}`, async () => {
      writeFileSync(join(folder.path, name), bytes);
      const put = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
      assert.equal((await runInBash(formatCurl(put, name), folder.path)).exitCode, 0);
      assert.ok(use.server.getObject('docs', 'a')?.body.equals(bytes));
      writeFileSync(join(folder.path, name), 'something else');
      const get = await use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
      assert.equal((await runInBash(formatCurl(get, name), folder.path)).exitCode, 0);
      assert.ok(bytes.equals(readFileSync(join(folder.path, name))));
      assert.deepEqual(readdirSync(folder.path), [name]);
    });
  }

  for (const key of ['a', 'folder/', 'a/..']) {
    it(`declares no type that was not requested: ${key}`, async () => {
      writeFileSync(join(folder.path, fileOf(key)), bytes);
      const link = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal((await runInBash(formatCurl(link), folder.path)).exitCode, 0);
      const type = use.server.getObject('docs', key)?.contentType ?? 'application/octet-stream';
      assert.match(type, /octet-stream$/);
    });
  }

  it('fails when S3 refuses, and saves no error page', async () => {
    const link = await use.sign({ kind: 'get', bucket: 'docs', key: 'missing', expiresInSeconds: 60 });
    const { exitCode } = await runInBash(formatCurl(link), folder.path);
    assert.equal(exitCode, 22);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('sends the condition of a create-only link', async () => {
    writeFileSync(join(folder.path, 'a'), bytes);
    const link = await use.sign({ kind: 'putCreateOnly', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const command = formatCurl(link);
    assert.equal((await runInBash(command, folder.path)).exitCode, 0);
    assert.equal((await runInBash(command, folder.path)).exitCode, 22);
  });
});

describe('cURL for bash, hidden from other users', () => {
  const use = useServer();
  const folder = useFolder();

  it('starts curl without the link or its headers in the arguments', async () => {
    writeFileSync(join(folder.path, 'a'), bytes);
    const request = { kind: 'put', bucket: 'docs', key: 'a', contentType: 'text/x-own' } as const;
    const link = await use.sign({ ...request, expiresInSeconds: 60 });
    // A function in place of the program records its arguments.
    const spy = `curl() { printf '%s\\n' "$@" >>seen; command curl "$@"; }`;
    const text = formatText('curlConfig', link);
    assert.equal((await runInBash(`${spy}\n${text}`, folder.path)).exitCode, 0);
    assert.ok(use.server.getObject('docs', 'a')?.body.equals(bytes));
    assert.equal(readFileSync(join(folder.path, 'seen'), 'utf8'), '--config\n-\n');
  });
});

/**
 * In single quotes fish treats a backslash before a quote or a backslash as an escape, so none is written.
 */
const fishWords: Readonly<Record<string, string>> = {
  "d/a\\'; touch PWN; #": String.raw`'d/a'\\''\''; touch PWN; #'`,
  "\\'": String.raw`''\\''\'''`,
  'ends in a backslash\\': String.raw`'ends in a backslash'\\''`,
  "\u0001\\'; touch PWN; #": String.raw`"$(printf '\001\134\047; touch PWN; #')"`,
};

describe('quotePosix', () => {
  const folder = useFolder();

  for (const [word, expected] of Object.entries(fishWords)) {
    it(`quotes ${JSON.stringify(word)} so that fish reads it like other shells`, async () => {
      assert.equal(quotePosix(word), expected);
      assert.equal((await runInBash(`printf %s ${expected}`, folder.path)).stdout, word);
    });
  }

  for (const word of [...hostileNames, '', '\u0001\u007f', 'a\r\nb']) {
    it(`passes ${JSON.stringify(word)} through a shell unchanged`, async () => {
      const { stdout } = await runInBash(`printf %s ${quotePosix(word)}`, folder.path);
      assert.equal(stdout, word);
    });
  }
});
