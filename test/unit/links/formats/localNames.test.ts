import assert from 'node:assert/strict';
import { formatsFor, type LinkFormatId } from '../../../../src/core/links/formats/formats.js';
import { formatText } from '../../support/formats/formatText.js';
import { useServer } from '../../../support/server.js';

/** How each format writes the file name of a download. The other formats write no file. */
const destinations: Partial<Record<LinkFormatId, (name: string) => string>> = {
  curl: (name) => `--output '${name}' `,
  curlConfig: (name) => `\noutput = "${name}"\n`,
  curlPowerShell: (name) => `--output '${name}' `,
  wget: (name) => `--output-document='${name}' `,
  invokeWebRequest: (name) => `-OutFile './${name}' `,
  python: (name) => `with open("${name}", "wb")`,
  fetch: (name) => `writeFile('${name}', `,
};

/** Keys whose last segment has a special meaning for a program, or names another file on Windows. */
const names: Readonly<Record<string, string>> = {
  'in/report.pdf': 'report.pdf',
  'in/desktop.ini': '_desktop.ini',
  'in/report.lnk': 'report.lnk.download',
  'in/site.url': 'site.url.download',
  'in/app.desktop': 'app.desktop.download',
  CON: '_CON',
  'nul.txt': '_nul.txt',
  'report.pdf:stream': 'report.pdf_stream',
  '.bashrc': '_bashrc',
  '\u200b.bashrc': '_bashrc',
  '\u200c.bashrc': '_bashrc',
  '..\\..\\x': 'x',
  'a\u202egpj.exe': 'agpj.exe',
  'a\nb': 'ab',
  'ends with a dot.': 'ends with a dot',
  'a/..': 'a',
  '...': 'object',
};

describe('the default file name of a download', () => {
  const use = useServer();
  const writers = Object.entries(destinations) as [LinkFormatId, (name: string) => string][];

  it('is in every format that writes a file', () => {
    const others = formatsFor('get').filter((id) => !(id in destinations));
    assert.deepEqual(others, ['url', 'http', 'markdown', 'html', 'json']);
  });

  for (const [key, name] of Object.entries(names)) {
    it(`${JSON.stringify(key)} -> ${name}`, async () => {
      const place = { bucket: 'docs', expiresInSeconds: 60 };
      const ofKey = await use.sign({ kind: 'get', key, ...place });
      assert.ok(formatText('curl', ofKey).includes(`--output '${name}' `));
      // Some formats refuse a key with dots or a backslash, whatever the file name.
      const named = await use.sign({ kind: 'getAs', key: 'a', fileName: key, ...place });
      for (const [id, destination] of writers)
        assert.ok(formatText(id, named).includes(destination(name)), id);
    });
  }
});
