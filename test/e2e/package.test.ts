import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { packagedExtension } from './support/packaged.js';

/** What people get beside the program itself; the names are those that vsce gives. */
const files = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/media/icon.png',
  'extension/media/s3.svg',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
];

/** The names in a zip archive, from its directory (PKWARE, APPNOTE 4.3.12). */
function namesIn(archive: Buffer): readonly string[] {
  const names: string[] = [];
  const start = archive.readUInt32LE(archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') + 16);
  for (let at = start; archive.toString('latin1', at, at + 4) === 'PK\u0001\u0002';) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const end = at + 46 + (name ?? 0);
    names.push(archive.toString('utf8', at + 46, end));
    at = end + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

describe('The package', () => {
  it('has less than 700 KB', async () => {
    const bytes = statSync(await packagedExtension()).size;
    assert.ok(bytes > 0 && bytes < 700_000, `${bytes} bytes`);
  });

  it('holds the program and what belongs to it, and nothing else', async () => {
    const names = namesIn(readFileSync(await packagedExtension()));
    const isProgram = (name: string) => /^extension\/dist\/(?:extension|chunks\/[\w.-]+)\.js$/.test(name);
    assert.ok(names.includes('extension/dist/extension.js'));
    assert.deepEqual(names.filter((name) => !isProgram(name)).toSorted(), files);
  });
});
