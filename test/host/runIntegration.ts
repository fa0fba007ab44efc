import { runTests } from '@vscode/test-electron';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { isForeignVariable } from './hostEnvironment.js';
import { prepare } from './integrationEnvironment.js';
import { findChromium } from './machine.js';
import { bringNpmHost } from './npmHost/bring.js';
import { HOST_VERSION_VARIABLE, isHostVersion, type HostVersion } from './npmHost/versions.js';
import { repositoryRoot } from './paths.js';
import { parseOutput } from './testOutput.js';

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

/** Brings everything before the run: it takes the developer's home, which the run does not see. */
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

/** What the run printed, and whether the host ended well. */
interface Run {
  readonly output: string;
  readonly failure: string | undefined;
}

async function runIn(host: Host): Promise<Run> {
  const world = await prepare();
  let output = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      output += chunk.toString();
      process.stdout.write(chunk, () => {
        done();
      });
    },
  });
  try {
    await runTests({
      vscodeExecutablePath: host.executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'out', 'integration', 'index.cjs'),
      extensionTestsEnv: { ...withoutForeignVariables(), ...world.env, ...host.env },
      launchArgs: [world.workspaceFolder],
      stdout,
    });
    return { output, failure: undefined };
  } catch (error) {
    return { output, failure: String(error) };
  } finally {
    await world.close();
  }
}

/** A variable that is undefined here is absent in the run. */
function withoutForeignVariables(): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter(isForeignVariable);
  return Object.fromEntries(foreign.map((name) => [name, undefined]));
}

/** A run that ended well without having counted its tests ran none. Where a machine decides, none may be skipped. */
function report({ output, failure }: Run): boolean {
  const counts = parseOutput(output);
  if (failure !== undefined) console.error(failure);
  if (counts === undefined) {
    console.error('The run ended without the result of any test.');
    return false;
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  const mayLand = process.env.CI !== 'true' || counts.skipped === 0;
  return failure === undefined && counts.passed > 0 && counts.failed === 0 && mayLand;
}

const host = await findHost(process.argv[2] ?? 'newest');
try {
  if (!report(await runIn(host))) process.exitCode = 1;
} finally {
  await host.close();
}
