import type { Page } from 'playwright-core';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../host/paths.js';
import { BENCH_RESULT, BENCH_VARIABLE } from '../../host/testOutput.js';
import { openWorkbench } from '../../host/workbench/workbench.js';

export interface Measurement {
  /** Names the measurement in `test/integration/bench`. */
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a measurement in the extension host of the newest VS Code and returns its results, one per line.
 * @throws Error with the host's output if the measurement fails
 */
export async function measureInHost({ name, env }: Measurement): Promise<readonly string[]> {
  const printed: string[] = [];
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  const preparePage = async (page: Page) => {
    await page.exposeFunction('codeAutomationLog', (_type: string, parts: readonly unknown[]) => {
      printed.push(parts.map(String).join(' '));
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      end(code);
    });
  };
  const folder = await idleExtension();
  const workbench = await openWorkbench({
    version: 'newest',
    extensionDevelopmentPath: folder,
    extensionTestsPath: join(repositoryRoot(), 'out', 'integration', 'index.cjs'),
    env: { ...env, [BENCH_VARIABLE]: name },
    preparePage,
  });
  try {
    const code = await ended;
    const results = printed.filter((line) => line.startsWith(BENCH_RESULT));
    if (code !== 0 || results.length === 0) throw new Error(`"${name}" failed:\n${printed.join('\n')}`);
    return results.map((line) => line.slice(BENCH_RESULT.length));
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Signpost's contributions without its code: each command can be registered only once, which is left to the
 * measurement. It finds the built extension in the same folder.
 */
async function idleExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-idle-'));
  const root = repositoryRoot();
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: './idle.js' }));
  await writeFile(join(folder, 'idle.js'), 'export function activate() {}\n');
  await cp(join(root, 'package.nls.json'), join(folder, 'package.nls.json'));
  for (const name of ['media', 'dist']) await cp(join(root, name), join(folder, name), { recursive: true });
  return folder;
}
