import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../../support/folders.js';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { endInterpreters } from '../../support/formats/interpreters.js';
import { runFormat, runnableFormats, type RunnableFormat } from '../../support/formats/runFormat.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { fewHostileNames } from '../../support/hostileNames.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { useServer } from '../../../support/server.js';
import { must, someBytes } from '../../../support/values.js';

after(endInterpreters);

const bytes = someBytes(3000);
/** The programs that send a path unchanged, including dots. */
const literal: readonly RunnableFormat[] = ['curl', 'curlConfig', 'curlPowerShell'];
const keys = [
  ...fewHostileNames,
  oddKeys['literal %2F'],
  oddKeys['URL punctuation'],
  oddKeys['leading slash'],
  oddKeys['double slash'],
  oddKeys['leading double slash'],
  oddKeys['several control characters'],
  oddKeys['1024 bytes of two-byte characters'],
];

/** The file names that a format does not support, and its reason. */
const unfit: Partial<Record<RunnableFormat, readonly [names: RegExp, reason: RegExp]>> = {
  curlPowerShell: [/"|\s.*\\$/s, /quotation marks/],
  invokeWebRequest: [/[[\]*?`]/, /as a wildcard pattern/],
  http: [/[{}\p{Cc}]|^\s|\s$/u, /\.http file/],
};

/** A local file name as hostile as the key. */
function fileNameFor(key: string): string {
  return Buffer.byteLength(key) > 255 ? 'data.bin' : key.replaceAll('/', '_');
}

for (const format of runnableFormats) {
  describe(`${format}, run unchanged: keys and file names`, () => {
    usePrograms('curl', 'wget', 'python3-requests');
    const use = useServer();
    const folder = useFolder();
    const [unfitNames, reason] = unfit[format] ?? [];

    for (const key of keys) {
      const hostile = fileNameFor(key);
      const isUnfit = unfitNames?.test(hostile) === true;
      const fileName = isUnfit ? 'data.bin' : hostile;

      it(`uploads and downloads ${JSON.stringify(key.slice(0, 40))}`, async () => {
        writeFileSync(join(folder.path, fileName), bytes);
        const put = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
        if (format === 'invokeWebRequest' && key.includes('\\')) {
          assert.match(refusalOf(format, put), /The key has a backslash/);
          return;
        }
        if (isUnfit) assert.match(refusalOf(format, put, { fileName: hostile }), must(reason));
        const sent = await runFormat(format, formatText(format, put, { fileName }), folder.path);
        assert.equal(sent.exitCode, 0);
        assert.deepEqual(use.server.keys('docs'), [key]);
        assert.ok(use.server.getObject('docs', key)?.body.equals(bytes));
        use.server.putObject('docs', key, 'from S3');
        const get = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
        const read = await runFormat(format, formatText(format, get, { fileName }), folder.path);
        assert.equal(read.exitCode, 0);
        const text = format === 'http' ? read.stdout : readFileSync(join(folder.path, fileName), 'utf8');
        assert.equal(text, 'from S3');
        assert.deepEqual(readdirSync(folder.path), [fileName]);
      });
    }
  });

  describe(`${format}, run unchanged: keys with dots`, () => {
    usePrograms('curl', 'wget', 'python3-requests');
    const use = useServer();
    const folder = useFolder();

    for (const key of Object.values(dotSegmentKeys)) {
      it(`${literal.includes(format) ? 'reaches' : 'refuses'} ${key}`, async () => {
        use.server.putObject('docs', key, 'from S3');
        const link = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
        if (!literal.includes(format)) {
          assert.match(refusalOf(format, link), /would remove them and request another object/);
          return;
        }
        assert.equal((await runFormat(format, formatText(format, link), folder.path)).exitCode, 0);
        assert.equal(readFileSync(join(folder.path, must(readdirSync(folder.path)[0])), 'utf8'), 'from S3');
      });
    }
  });
}
