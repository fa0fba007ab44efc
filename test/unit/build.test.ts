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

describe('the bundle', () => {
  for (const name of ['@aws-sdk/client-s3', '@aws-sdk/core', '@smithy/core', '@smithy/fetch-http-handler']) {
    it(`contains ${name} exactly once`, () => {
      assert.deepEqual([...copiesOf(name, readMetafile())], [`node_modules/${name}`]);
    });
  }

  it('does not load the SDK before the first command or the first expansion', () => {
    const metafile = readMetafile();
    const atStart = [...loadedAtStart(metafile)].flatMap((path) =>
      Object.keys(must(metafile.outputs[path]).inputs),
    );
    assert.ok(atStart.includes('src/extension.ts'));
    assert.deepEqual(
      atStart.filter((path) => /node_modules\/@(?:aws-sdk|smithy)\//.test(path)),
      [],
    );
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
