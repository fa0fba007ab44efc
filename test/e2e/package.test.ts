import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { walkthroughSteps } from '../../src/ui/ids.js';
import { must } from '../support/values.js';
import { packagedExtension } from './support/packaged.js';

const notices = 'extension/dist/THIRD_PARTY_NOTICES.txt';

/** The files next to the program itself, under the names vsce gives them. */
const files = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  notices,
  'extension/media/icon.png',
  'extension/media/s3.svg',
  ...Object.keys(walkthroughSteps).map((step) => `extension/media/walkthrough/${step}.png`),
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
];

/** The compressed files of a zip archive, found through its directory (PKWARE, APPNOTE 4.3.7 and 4.3.12). */
function filesIn(archive: Buffer): ReadonlyMap<string, Buffer> {
  const packed = new Map<string, Buffer>();
  const start = archive.readUInt32LE(archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') + 16);
  for (let at = start; archive.toString('latin1', at, at + 4) === 'PK\u0001\u0002';) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const end = at + 46 + (name ?? 0);
    const local = archive.readUInt32LE(at + 42);
    const content = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(content, content + archive.readUInt32LE(at + 20));
    packed.set(archive.toString('utf8', at + 46, end), bytes);
    at = end + (extra ?? 0) + (comment ?? 0);
  }
  return packed;
}

/** The folders of the bundled packages, according to the build. */
function bundledPackages(): readonly string[] {
  const { inputs } = JSON.parse(readFileSync('out/extension.meta.json', 'utf8')) as { inputs: object };
  const folders = Object.keys(inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

/** The text below a line of the notices, up to the end of its section. */
function licenceBelow(line: string, text: string): string {
  const section = text.split(/^={80}$/m).find((part) => part.split('\n').includes(line));
  return section?.slice(section.indexOf(line)) ?? '';
}

/** What the text of a licence has to say. */
const licences: Readonly<Record<string, RegExp>> = {
  MIT: /Copyright[^]*Permission is hereby granted/,
  'Apache-2.0': /Apache License[^]*2\. Grant of Copyright/,
  'BSD-2-Clause': /Copyright[^]*Redistributions in binary form must reproduce/,
};

describe('The package', () => {
  it('is smaller than 700 KB', async () => {
    const bytes = statSync(await packagedExtension()).size;
    assert.ok(bytes > 0 && bytes < 700_000, `${bytes} bytes`);
  });

  it('contains the program and its files, and nothing else', async () => {
    const names = [...filesIn(readFileSync(await packagedExtension())).keys()];
    const isProgram = (name: string) => /^extension\/dist\/(?:extension|chunks\/[\w.-]+)\.js$/.test(name);
    assert.ok(names.includes('extension/dist/extension.js'));
    assert.deepEqual(names.filter((name) => !isProgram(name)).toSorted(), files);
  });

  it('contains the licence of each bundled package', async () => {
    const text = inflateRawSync(
      must(filesIn(readFileSync(await packagedExtension())).get(notices)),
    ).toString();
    const folders = bundledPackages();
    assert.ok(folders.includes('node_modules/mime') && folders.includes('node_modules/@smithy/core'));
    for (const folder of folders) {
      const { name, version, license } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as Record<string, string>;
      const licence = licenceBelow(`${name} ${version} (${license})`, text);
      assert.match(licence, must(licences[must(license)], `a licence like ${license}`), folder);
    }
  });
});
