import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useFolder } from './support/folders.js';

type Notices = (metafile: { readonly inputs: Readonly<Record<string, unknown>> }, root: string) => string;

/** The part of the build that writes the notices; tests run in the project folder. */
async function loadNotices(): Promise<Notices> {
  const file = pathToFileURL(resolve('notices.mjs')).href;
  return ((await import(file)) as { thirdPartyNotices: Notices }).thirdPartyNotices;
}

interface Package {
  readonly version?: string;
  readonly license?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the notices of a bundle that contains one file of each package. */
function useNotices() {
  const folder = useFolder();
  return async (packages: Readonly<Record<string, Package>>): Promise<string> => {
    for (const [path, { version = '1.0.0', license = 'MIT', files = {} }] of Object.entries(packages)) {
      const place = join(folder.path, path);
      mkdirSync(place, { recursive: true });
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version, license }));
      for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
    }
    const inputs = Object.fromEntries(Object.keys(packages).map((path) => [`${path}/dist/index.js`, {}]));
    return (await loadNotices())({ inputs: { 'src/extension.ts': {}, ...inputs } }, folder.path);
  };
}

describe('the notices of a bundle', () => {
  const notices = useNotices();

  it('name each package with its version, its licence and its text', async () => {
    const text = await notices({
      'node_modules/a': { files: { LICENSE: 'Copyright A' } },
      'node_modules/@scope/b': { version: '2.0.0', license: 'ISC', files: { 'licence.md': 'Copyright B' } },
    });
    assert.match(text, /^a 1\.0\.0 \(MIT\)\n\nCopyright A$/m);
    assert.match(text, /^@scope\/b 2\.0\.0 \(ISC\)\n\nCopyright B$/m);
  });

  it('name both copies of a package that is bundled twice', async () => {
    const text = await notices({
      'node_modules/a': { files: { LICENSE: 'Copyright A' } },
      'node_modules/b/node_modules/a': { version: '0.9.0', files: { LICENSE: 'Copyright older A' } },
    });
    assert.match(text, /^a 1\.0\.0 \(MIT\)\n\nCopyright A$/m);
    assert.match(text, /^a 0\.9\.0 \(MIT\)\n\nCopyright older A$/m);
  });

  it('contain a text shared by several packages only once', async () => {
    const text = await notices({
      'node_modules/a': { files: { LICENSE: 'Shared\r\ntext\r\n' } },
      'node_modules/b': { files: { LICENSE: 'Shared\ntext' } },
    });
    assert.match(text, /^a 1\.0\.0 \(MIT\)\nb 1\.0\.0 \(MIT\)\n\nShared\ntext$/m);
    assert.equal(text.split('Shared').length, 2);
  });

  it('contain every licence and every notice of a package', async () => {
    const files = { 'LICENSE-MIT': 'first', 'LICENSE-APACHE': 'second', 'NOTICE.txt': 'third' };
    const text = await notices({ 'node_modules/a': { files } });
    for (const part of ['first', 'second', 'third']) assert.ok(text.includes(part), part);
  });
});

describe('the notices of a bundle with a package without a licence text', () => {
  const notices = useNotices();

  const own = { license: 'Apache-2.0', files: { LICENSE: 'Text of the publisher' } };

  it('use the same licence from another package of its publisher', async () => {
    const text = await notices({
      'node_modules/@scope/a': { license: 'Apache-2.0' },
      'node_modules/@scope/b': own,
    });
    assert.match(text, /^@scope\/a 1\.0\.0 \(Apache-2\.0\)\n@scope\/b 1\.0\.0 \(Apache-2\.0\)\n\nText of/m);
  });

  for (const [what, others] of Object.entries<Readonly<Record<string, Package>>>({
    'no other package': {},
    'another publisher': { 'node_modules/@other/b': own },
    'another licence': { 'node_modules/@scope/b': { ...own, license: 'ISC' } },
  })) {
    it(`cannot be written with ${what}, and the package is named`, async () => {
      const bare = { 'node_modules/@scope/bare': { license: 'Apache-2.0' } };
      await assert.rejects(notices({ ...bare, ...others }), /@scope\/bare 1\.0\.0 \(Apache-2\.0\) has no/);
    });
  }
});
