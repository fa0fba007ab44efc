import { runTests } from '@vscode/test-electron';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isForeignVariable } from './hostEnvironment.js';
import { prepare } from './integrationEnvironment.js';
import { findChromium } from './machine.js';
import { bringNpmHost } from './npmHost/bring.js';
import { HOST_VERSION_VARIABLE, isHostVersion, type HostVersion } from './npmHost/versions.js';
import { repositoryRoot } from './paths.js';
import { formatCounts, parseOutput, RESULT_VARIABLE, type TestCounts } from './testOutput.js';

// node out/host/runIntegration.js [oldest | newest | desktop]

const root = repositoryRoot();

/** Where the tests run: an executable that takes VS Code's arguments. */
interface Host {
  /** Undefined lets test-electron download the desktop VS Code. */
  readonly executable: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

async function findHost(name: string): Promise<Host> {
  if (isHostVersion(name)) return npmHost(name);
  if (name !== 'desktop') throw new Error(`Unknown host "${name}": oldest, newest or desktop.`);
  return { executable: process.env.VSCODE_PATH, env: {}, close: () => Promise.resolve() };
}

/** Downloads everything before the run: this needs the developer's home, which the run does not see. */
async function npmHost(version: HostVersion): Promise<Host> {
  await bringNpmHost(version);
  const browser = await findChromium();
  const folder = await mkdtemp(join(tmpdir(), 'signpost-launcher-'));
  const executable = join(folder, 'code');
  const launcher = join(root, 'out', 'host', 'launcher.js');
  await writeFile(executable, `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
  await chmod(executable, 0o755);
  return {
    executable,
    env: { [HOST_VERSION_VARIABLE]: version, CHROME_PATH: browser },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The test counts, and why the host failed, if it did. */
interface Run {
  readonly counts: TestCounts | undefined;
  readonly failure: string | undefined;
}

async function runIn(host: Host): Promise<Run> {
  const world = await prepare();
  const resultFile = join(dirname(world.workspaceFolder), 'result');
  const ended = async (failure: string | undefined) => {
    const result = await readFile(resultFile, 'utf8').catch(() => '');
    return { counts: parseOutput(result), failure };
  };
  try {
    await runTests({
      vscodeExecutablePath: host.executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'out', 'integration', 'index.cjs'),
      extensionTestsEnv: {
        ...withoutForeignVariables(),
        ...world.env,
        ...host.env,
        [RESULT_VARIABLE]: resultFile,
      },
      launchArgs: [world.workspaceFolder],
    });
    return await ended(undefined);
  } catch (error) {
    return await ended(String(error));
  } finally {
    await world.close();
  }
}

/** A variable that is undefined here is absent in the run. */
function withoutForeignVariables(): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter(isForeignVariable);
  return Object.fromEntries(foreign.map((name) => [name, undefined]));
}

/** A successful run without test counts ran no tests. In CI no test may be skipped. */
function report({ counts, failure }: Run): boolean {
  if (failure !== undefined) console.error(failure);
  if (counts === undefined) {
    console.error('The run ended without the result of any test.');
    return false;
  }
  console.log(formatCounts(counts));
  const mayLand = process.env.CI !== 'true' || counts.skipped === 0;
  return failure === undefined && counts.passed > 0 && counts.failed === 0 && mayLand;
}

const host = await findHost(process.argv[2] ?? 'newest');
try {
  if (!report(await runIn(host))) process.exitCode = 1;
} finally {
  await host.close();
}
