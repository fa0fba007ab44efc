import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** The files each file imports: values, types, and dynamic imports. */
type Graph = ReadonlyMap<string, readonly string[]>;

function readGraph(): Graph {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'));
  return new Map(files.map((file) => [file, importsOf(readFileSync(file, 'utf8'), file)]));
}

function importsOf(code: string, file: string): readonly string[] {
  const paths = [...code.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)\.js'/g)].map(([, path = '']) => path);
  return paths.map((path) => join(dirname(file), `${path}.ts`));
}

/** Repeatedly removes files that import none of the others, or that none of them imports; gives the rest. */
function onCircles(graph: Graph): Graph {
  const imported = new Set([...graph.values()].flat());
  const left = [...graph]
    .map(([file, imports]) => [file, imports.filter((path) => graph.has(path))] as const)
    .filter(([file, imports]) => imports.length > 0 && imported.has(file));
  return left.length === graph.size ? graph : onCircles(new Map(left));
}

describe('the imports of the source', () => {
  it('are all found', () => {
    const code = [
      `import { a } from './a.js';`,
      `import type {\n  B,\n} from '../b.js';`,
      `export { c } from './c.js';`,
      `const d = await import('./d.js');`,
      `type E = typeof import('./e.js');`,
      `import './f.js';`,
      `import { readFile } from 'node:fs';`,
    ].join('\n');
    const paths = importsOf(code, 'src/ui/x.ts');
    assert.deepEqual(
      paths,
      ['a', '../b', 'c', 'd', 'e', 'f'].map((name) => join('src/ui', `${name}.ts`)),
    );
    const graph = readGraph();
    const missing = [...graph.values()].flat().filter((path) => !graph.has(path));
    assert.deepEqual(missing, []);
    assert.ok(graph.get('src/extension.ts')?.includes('src/ui/lazy.ts'));
  });

  it('show a cycle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    assert.deepEqual([...onCircles(graph).keys()], ['b', 'c']);
  });

  it('have no cycle', () => {
    assert.deepEqual([...onCircles(readGraph()).keys()], []);
  });
});
