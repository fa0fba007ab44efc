import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../../support/folders.js';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { endInterpreters } from '../../support/formats/interpreters.js';
import { runFormat, type RunnableFormat } from '../../support/formats/runFormat.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { fewHostileNames } from '../../support/hostileNames.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { useServer } from '../../../support/server.js';
import { postOf } from '../../support/uploadLinks.js';
import { useWebServer } from '../../support/webServer.js';
import { must, someBytes } from '../../../support/values.js';

after(endInterpreters);

const bytes = someBytes(3000);
const formats = [
  'curl',
  'curlConfig',
  'curlPowerShell',
  'python',
  'fetch',
  'http',
] as const satisfies RunnableFormat[];
type PostFormat = (typeof formats)[number];
const keys = [
  ...fewHostileNames.filter((key) => !key.includes('${')),
  oddKeys['leading slash'],
  oddKeys['literal %2F'],
  oddKeys['URL punctuation'],
  oddKeys['1024 bytes of two-byte characters'],
  dotSegmentKeys['dot-dot segment'],
  dotSegmentKeys['leading dot'],
];

/** The keys that a format does not support, and its reason. */
const unfitKeys: Partial<Record<PostFormat, readonly [keys: RegExp, reason: RegExp]>> = {
  curlPowerShell: [/"|\s.*\\$/s, /quotation marks/],
  fetch: [/[\r\n]/, /line break/],
  http: [/\{\{|^[<#@]|^\/\/|[\r\n]|^\s|\s$/, /\.http file/],
};

/** The names that form uploads do not support. */
const undeclarable = /["\\\p{Cc}]/u;

for (const format of formats) {
  describe(`${format}, run unchanged: uploads by form`, () => {
    usePrograms('curl', 'python3-requests');
    const use = useServer();
    const folder = useFolder();
    const fileName = 'data.bin';

    for (const key of keys) {
      it(`uploads ${JSON.stringify(key.slice(0, 40))}`, async () => {
        writeFileSync(join(folder.path, fileName), bytes);
        const link = await use.sign(postOf(key));
        const [unfit, reason] = unfitKeys[format] ?? [];
        if (unfit?.test(key) === true) {
          assert.match(refusalOf(format, link, { fileName }), must(reason));
          return;
        }
        const { exitCode } = await runFormat(format, formatText(format, link, { fileName }), folder.path);
        assert.equal(exitCode, 0);
        assert.deepEqual(use.server.keys('docs'), [key]);
        assert.ok(use.server.getObject('docs', key)?.body.equals(bytes));
      });
    }
  });

  describe(`${format}, run unchanged: file names in keys`, () => {
    usePrograms('curl', 'python3-requests');
    const use = useServer();
    const folder = useFolder();

    for (const name of [
      'plain.txt',
      'a, b; c.txt',
      '@at',
      '-o',
      '\u{1f4c4} \u00e4.txt',
      "it's",
      ...fewHostileNames,
    ]) {
      it(`appends the file's name to the prefix: ${JSON.stringify(name)}`, async () => {
        const local = name.replaceAll('/', '_');
        writeFileSync(join(folder.path, local), bytes);
        const link = await use.sign(postOf('in/', { form: { keyIsPrefix: true } }));
        const reason = refusalOf(format, link, { fileName: local });
        if (undeclarable.test(local)) {
          assert.match(reason, /Rename the file/);
          return;
        }
        if (format === 'curlPowerShell' && /[,;]|^\s|\s$/.test(local)) {
          assert.match(reason, /quotation marks/);
          return;
        }
        if (format === 'http' && /[{}]|^\s|\s$/.test(local)) {
          assert.match(reason, /\.http file/);
          return;
        }
        const text = formatText(format, link, { fileName: local });
        assert.equal((await runFormat(format, text, folder.path)).exitCode, 0);
        assert.deepEqual(use.server.keys('docs'), [`in/${local}`]);
        assert.deepEqual(readdirSync(folder.path), [local]);
      });
    }
  });

  describe(`${format}, run unchanged: restrictions of a form upload`, () => {
    usePrograms('curl', 'python3-requests');
    const use = useServer();
    const folder = useFolder();
    const serve = useWebServer();
    const types: readonly (readonly [prefix: string, fileName: string, stored: string])[] = [
      ['image/', 'a.png', 'image/png'],
      ['image/', 'a.gif', 'image/gif'],
      ['image/', 'a', 'image/png'],
      ['text/plain', 'a.png', 'text/plain'],
      ['application/', 'a.pdf', 'application/pdf'],
    ];
    for (const [contentType, fileName, stored] of types) {
      it(`declares a type with the prefix ${contentType}: ${fileName}`, async () => {
        writeFileSync(join(folder.path, fileName), bytes);
        const link = await use.sign(postOf('a', { contentType, form: { typeIsPrefix: true } }));
        const text = formatText(format, link, { fileName });
        assert.equal((await runFormat(format, text, folder.path)).exitCode, 0);
        assert.equal(use.server.getObject('docs', 'a')?.contentType, stored);
      });
    }

    it('refuses a type prefix without a known type', async () => {
      const link = await use.sign(postOf('a', { contentType: 'model/vnd.', form: { typeIsPrefix: true } }));
      assert.match(refusalOf(format, link), /No known type begins with model\/vnd\./);
    });

    it('supports sizes, type, status and redirect, and fails outside the sizes', async () => {
      const limits = { minBytes: 10, maxBytes: 3000, successRedirect: await serve(200, 'Thanks') };
      const link = await use.sign(postOf('a', { contentType: 'text/x-a; b="c"', form: limits }));
      const text = refusalOf(format, link) === '' ? formatText(format, link) : '';
      if (format === 'curlPowerShell') {
        assert.match(refusalOf(format, link), /quotation marks/);
        return;
      }
      writeFileSync(join(folder.path, 'a'), someBytes(3001));
      assert.notEqual((await runFormat(format, text, folder.path)).exitCode, 0);
      assert.deepEqual(use.server.keys('docs'), []);
      writeFileSync(join(folder.path, 'a'), bytes);
      assert.equal((await runFormat(format, text, folder.path)).exitCode, 0);
      assert.equal(use.server.getObject('docs', 'a')?.contentType, 'text/x-a; b="c"');
    });
  });
}
