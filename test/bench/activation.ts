import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../host/paths.js';
import { openWorkbench } from '../host/workbench/workbench.js';
import { BENCH_VARIABLE } from '../host/testOutput.js';

// What loading and activating costs, against an extension that does nothing, in the same extension host.

const root = repositoryRoot();
let end: (code: number) => void = () => undefined;
const ended = new Promise<number>((resolve) => (end = resolve));

/** The two functions that a run in the extension host looks for. */
async function listen(page: Page): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (_type: string, [line]: readonly unknown[]) => {
    if (typeof line === 'string' && line.startsWith('activation:')) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    end(code);
  });
}

const workbench = await openWorkbench({
  version: 'newest',
  extensionDevelopmentPath: root,
  extensionTestsPath: join(root, 'out', 'integration', 'index.cjs'),
  env: { [BENCH_VARIABLE]: 'true' },
  preparePage: listen,
});
process.exitCode = await ended;
await workbench.close();
