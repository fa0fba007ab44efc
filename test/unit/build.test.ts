import { transformSync } from 'esbuild';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { must } from '../support/values.js';

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, Output>>;
}

/** What esbuild.mjs wrote about the bundle of the extension; tests run in the project folder. */
function readMetafile(): Metafile {
  return JSON.parse(readFileSync('out/extension.meta.json', 'utf8')) as Metafile;
}

/** The entry and every chunk it loads before it runs. */
function loadedAtStart({ outputs }: Metafile): ReadonlySet<string> {
  const loaded = new Set<string>();
  const waiting = ['dist/extension.js'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const output = must(outputs[path], `the output ${path}`);
    const next = output.imports.filter(
      ({ kind, external }) => kind === 'import-statement' && external !== true,
    );
    waiting.push(...next.map((imported) => imported.path));
  }
  return loaded;
}

/** The bundled folders of a package, one for each copy. */
function copiesOf(name: string, { inputs }: Metafile): ReadonlySet<string> {
  const copies = Object.keys(inputs).flatMap((path) => {
    const end = path.lastIndexOf(`node_modules/${name}/`);
    return end < 0 ? [] : [path.slice(0, end + `node_modules/${name}`.length)];
  });
  return new Set(copies);
}

/** All that activation loads. Another file here is loaded in every window, also in those that never use S3. */
const startupFiles = [
  'src/core/async/abortable.ts',
  'src/core/async/cancelled.ts',
  'src/core/connection/profiles/source.ts',
  'src/core/failures/message.ts',
  'src/core/failures/serverError.ts',
  'src/core/storage/keys.ts',
  'src/core/text/cutMiddle.ts',
  'src/core/text/own.ts',
  'src/core/text/unprintable.ts',
  'src/extension.ts',
  'src/ui/commands.ts',
  'src/ui/connection/clockDifference.ts',
  'src/ui/connection/connections.ts',
  'src/ui/connection/credentialsStatus.ts',
  'src/ui/connection/makeSession.ts',
  'src/ui/connection/session.ts',
  'src/ui/connection/sourceNames.ts',
  'src/ui/editor/linkHover.ts',
  'src/ui/editor/linkPages.ts',
  'src/ui/editor/rowDrops.ts',
  'src/ui/ids.ts',
  'src/ui/links/forgetLinks.ts',
  'src/ui/memory.ts',
  'src/ui/messages/safeText.ts',
  'src/ui/messages/safeVscode.ts',
  'src/ui/messages/showMessage.ts',
  'src/ui/objectChanges.ts',
  'src/ui/rows/itemCache.ts',
  'src/ui/rows/nodes.ts',
  'src/ui/settings.ts',
  'src/ui/stateChanges.ts',
  'src/ui/stored.ts',
  'src/ui/tree/bucketTree.ts',
  'src/ui/tree/bucketsView.ts',
  'src/ui/tree/folderPages.ts',
  'src/ui/tree/makeTree.ts',
  'src/ui/tree/parents.ts',
  'src/ui/tree/retryRows.ts',
  'src/ui/tree/rowDrags.ts',
  'src/ui/tree/showChanges.ts',
  'src/ui/tree/welcome.ts',
  'src/ui/walkthrough.ts',
];

describe('the bundle', () => {
  for (const name of ['@aws-sdk/client-s3', '@aws-sdk/core', '@smithy/core', '@smithy/fetch-http-handler']) {
    it(`contains ${name} exactly once`, () => {
      assert.deepEqual([...copiesOf(name, readMetafile())], [`node_modules/${name}`]);
    });
  }

  it('loads no package and only a few files at startup', () => {
    const metafile = readMetafile();
    const atStart = [...loadedAtStart(metafile)].flatMap((path) =>
      Object.keys(must(metafile.outputs[path]).inputs),
    );
    assert.deepEqual(atStart.toSorted(), startupFiles);
  });

  it('loads less than 30 KB at startup when minified', () => {
    const sizes = [...loadedAtStart(readMetafile())].map(
      (path) => transformSync(readFileSync(path, 'utf8'), { minify: true, format: 'esm' }).code.length,
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(bytes > 0 && bytes < 30_000, `${bytes} bytes`);
  });

  it('has only the editor and Node.js as externals', () => {
    const outside = Object.values(readMetafile().outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external, path }) => external === true && !isBuiltin(path))
      .map(({ path }) => path);
    assert.deepEqual([...new Set(outside)], ['vscode']);
  });
});
