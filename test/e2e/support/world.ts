import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../host/workbench/workbench.js';
import { fillSampleData } from '../../servers/sampleData.js';
import { startSecureNetwork, type SecureNetwork } from '../../host/s3/network.js';
import { startStrictS3, type StrictCredential, type StrictS3 } from '../../servers/strictS3/server.js';
import { shuffleTests } from '../../support/shuffle.js';
import { assertNoLeaks } from './noLeaks.js';
import { packagedExtension } from './packaged.js';
import { alice } from '../../support/identities.js';
import { credentials, profileSection } from './profiles.js';
import { screenshot } from './screenshots.js';
import { Window } from './window.js';

export interface WorldOptions extends Pick<WorkbenchOptions, 'workspaceTrust' | 'preparePage'> {
  /** The text of the shared config file. Default: one profile with long-term keys. */
  readonly config?: (server: StrictS3, network: SecureNetwork | undefined) => string;
  /** Puts the server behind TLS, under a name that only the proxy in the user's settings knows. */
  readonly isBehindProxy?: boolean;
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** The credentials the server knows; may grow. Default: those of the profiles. */
  readonly known?: readonly StrictCredential[];
  /** Whether the tests make links. Default: true. */
  readonly usesLinks?: boolean;
}

/** An S3 server with sample data, AWS files that name it, and a window with the packaged extension. */
export interface World {
  readonly server: StrictS3;
  readonly workbench: Workbench;
  readonly window: Window;
  /** The destinations requested from the proxy, as host and port. */
  readonly proxied: readonly string[];
  /** The path of a file in the workspace. */
  path(name: string): string;
  writeConfig(text: string): Promise<void>;
  /** Restores the config file. */
  restoreConfig(): Promise<void>;
}

interface Opened extends World {
  close(): Promise<void>;
}

/**
 * Gives a suite its own world, opened before its first test. A failed test leaves a picture of the window.
 * After the last test, everything the window logged and stored is searched for links and secrets.
 */
export function useWorld(options: WorldOptions = {}): World {
  let opened: Opened | undefined;
  const world = (): Opened => {
    if (opened === undefined) throw new Error('The world is not open yet.');
    return opened;
  };
  before(async function () {
    if (this.test?.parent !== undefined) shuffleTests(this.test.parent);
    opened = await openWorld(options);
  });
  afterEach(async function () {
    if (this.currentTest === undefined || this.currentTest.state === 'passed') return;
    await screenshot(world().workbench.page, `failed ${this.currentTest.title}`);
    // Anything left open would get in the way of the next tests.
    for (const key of ['Escape', 'Escape', 'Escape']) await world().workbench.page.keyboard.press(key);
  });
  after('logs and stores no link, no signature, no secret and no token', async function () {
    if (opened === undefined) return;
    try {
      await assertNoLeaks(opened, { ...options, isWhole: isWhole(this.test?.parent) });
    } finally {
      // Mocha skips the hooks after one that failed, and a window left open would keep its process alive.
      await opened.close();
    }
  });
  return {
    get server() {
      return world().server;
    },
    get workbench() {
      return world().workbench;
    },
    get window() {
      return world().window;
    },
    get proxied() {
      return world().proxied;
    },
    path: (name) => world().path(name),
    writeConfig: (text) => world().writeConfig(text),
    restoreConfig: () => world().restoreConfig(),
  };
}

/** Whether every test of a suite ran. */
function isWhole(suite: Mocha.Suite | undefined): boolean {
  let isRun = true;
  suite?.eachTest(({ state }) => (isRun &&= state !== undefined));
  return isRun;
}

async function openWorld(options: WorldOptions): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-e2e-'));
  const known = options.known ?? credentials;
  const network = options.isBehindProxy === true ? await startSecureNetwork(folder, known) : undefined;
  const server = network?.server ?? (await startStrictS3({ credentials: known }));
  fillSampleData(server);
  const config = join(folder, 'config');
  const path = (name: string) => join(folder, 'workspace', name);
  const writeConfig = (text: string) => writeFile(config, text);
  const restoreConfig = () => writeConfig(options.config?.(server, network) ?? defaultConfig(server));
  await restoreConfig();
  await writeFile(join(folder, 'credentials'), '');
  await mkdir(path(''));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), content);
  }
  const closeServer = async () => {
    await (network ?? server).close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const workbench = await openIn(folder, {
      ...options,
      // In a browser, VS Code otherwise saves automatically.
      userSettings: { 'files.autoSave': 'off', 'http.proxy': network?.proxyUrl, ...options.userSettings },
    });
    const close = async () => {
      await workbench.close();
      await closeServer();
    };
    const proxied = network?.tunnels ?? [];
    const window = new Window(workbench);
    return { server, workbench, window, proxied, path, writeConfig, restoreConfig, close };
  } catch (error) {
    await closeServer();
    throw error;
  }
}

/** Opens a window with the packaged extension, with its home and AWS files in the folder. */
async function openIn(folder: string, options: WorldOptions): Promise<Workbench> {
  return openWorkbench({
    version: 'newest',
    workspaceFolder: join(folder, 'workspace'),
    vsixPath: await packagedExtension(),
    env: {
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    userSettings: options.userSettings,
    workspaceTrust: options.workspaceTrust,
    preparePage: options.preparePage,
  });
}

function defaultConfig({ endpoint }: StrictS3): string {
  return profileSection('default', { credential: alice, endpoint });
}
