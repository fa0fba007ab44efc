// Builds the extension into dist/ and, without --production, the tests and what they run against into out/.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { thirdPartyNotices } from './notices.mjs';

const production = process.argv.includes('--production');

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  sourcemap: !production,
};

/** Fails the build if code that has to run without an editor imports vscode. */
const noVscode = {
  name: 'no-vscode',
  setup(context) {
    context.onResolve({ filter: /^vscode$/ }, (args) => ({
      errors: [{ text: `vscode cannot be imported here (imported by ${args.importer})` }],
    }));
  },
};

function filesBelow(folder, suffix) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

async function buildExtension() {
  rmSync('dist', { recursive: true, force: true });
  const result = await build({
    ...shared,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    minify: production,
    metafile: true,
    external: ['vscode'],
    mainFields: ['module', 'main'],
    chunkNames: 'chunks/[name]-[hash]',
    // Some packages of the SDK are CommonJS and call require() for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  mkdirSync('out', { recursive: true });
  writeFileSync('out/extension.meta.json', JSON.stringify(result.metafile));
  writeFileSync('dist/THIRD_PARTY_NOTICES.txt', thirdPartyNotices(result.metafile));
}

async function buildTests() {
  const scripts = ['servers', 'host', 'demo', 'bench', 'unit', 'e2e'];
  await build({
    ...shared,
    entryPoints: ['test/run.ts', ...scripts.flatMap((folder) => filesBelow(`test/${folder}`, '.ts'))],
    outbase: 'test',
    outdir: 'out',
    format: 'esm',
    splitting: true,
    packages: 'external',
    plugins: [noVscode],
    chunkNames: 'chunks/[name]-[hash]',
  });
  await build({
    ...shared,
    entryPoints: ['test/integration/index.ts'],
    outfile: 'out/integration/index.cjs',
    format: 'cjs',
    packages: 'external',
    external: ['vscode'],
  });
}

if (!production) rmSync('out', { recursive: true, force: true });
await buildExtension();
if (!production) await buildTests();
