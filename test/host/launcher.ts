import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { startControlServer } from './driver/controlServer.js';
import { DRIVER_VARIABLE } from './driver/protocol.js';
import { HOST_VERSION_VARIABLE, isHostVersion } from './npmHost/versions.js';
import { TESTS_START } from './testOutput.js';
import { openWorkbench, type Workbench } from './workbench/workbench.js';

// Replaces the desktop's executable: takes the same arguments and exits with the tests' exit code.

/** Less than `limitMs` of test/run.ts, so that the window closes and its counts are reported. */
const RUN_LIMIT_MS = 24 * 60_000;

/** Lines that the window prints among those of the tests; only their text identifies them. */
const WINDOW_CHATTER = /^(Ignoring fetching additional|Updating additional|\[AccountPolicyGate\])/;

function parseArguments(args: readonly string[]) {
  const value = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const version = process.env[HOST_VERSION_VARIABLE];
  if (!isHostVersion(version)) throw new Error(`${HOST_VERSION_VARIABLE} does not name a version.`);
  return {
    version,
    extensionDevelopmentPath: value('extensionDevelopmentPath'),
    extensionTestsPath: value('extensionTestsPath'),
    workspaceFolder: args.find((arg) => !arg.startsWith('-')),
  };
}

async function launch(): Promise<number> {
  const opened = deferred<Workbench>();
  const ended = deferred<number>();
  const control = await startControlServer(opened.promise);
  endOnSignal(ended.resolve);
  const workbench = await openWorkbench({
    ...parseArguments(process.argv.slice(2)),
    // The caller has prepared this process's environment, including AWS variables.
    env: { ...process.env, [DRIVER_VARIABLE]: control.url },
    preparePage: (page) => listenToTests(page, ended.resolve),
  });
  opened.resolve(workbench);
  try {
    return await ended.promise;
  } finally {
    control.close();
    await workbench.close();
  }
}

/** Exposes the two functions that a test run looks for in its page. */
async function listenToTests(page: Page, end: (code: number) => void): Promise<void> {
  // The window's output before the tests matters only if they never start.
  let held: string[] | undefined = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => {
    const line = format(...parts);
    if (line === TESTS_START) held = undefined;
    else if (held !== undefined) held.push(line);
    else if (!WINDOW_CHATTER.test(line)) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    if (held !== undefined) console.log(held.join('\n'));
    end(code);
  });
  page.once('crash', () => {
    console.error('The page crashed.');
    end(1);
  });
}

function endOnSignal(end: (code: number) => void): void {
  // The handlers stay installed, so that a second signal does not interrupt the clean-up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      end(1);
    });
  const limit = setTimeout(() => {
    console.error(`The tests took longer than ${RUN_LIMIT_MS / 60_000} minutes.`);
    end(1);
  }, RUN_LIMIT_MS);
  limit.unref();
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return {
    promise,
    resolve: (value: T) => {
      resolve(value);
    },
  };
}

process.exit(await launch());
