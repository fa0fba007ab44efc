import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../host/workbench/workbench.js';
import { fillSampleData } from '../../servers/sampleData.js';
import { startSecureNetwork, type SecureNetwork } from '../../host/s3/network.js';
import { startStrictS3, type StrictCredential, type StrictS3 } from '../../servers/strictS3/server.js';
import { packagedExtension } from './packaged.js';
import { credentials, longTerm, profileSection } from './profiles.js';
import { screenshot } from './screenshots.js';
import { Window } from './window.js';

export interface WorldOptions extends Pick<WorkbenchOptions, 'workspaceTrust' | 'preparePage'> {
  /** The text of the shared config file; one default profile with long-term keys otherwise. */
  readonly config?: (server: StrictS3, network: SecureNetwork | undefined) => string;
  /** The server is behind TLS, under a name that only the proxy of the user's settings knows. */
  readonly isBehindProxy?: boolean;
  /** Files of the workspace by their path in it. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Whom the server knows; the keys of the profiles otherwise. May grow. */
  readonly known?: readonly StrictCredential[];
}

/** An S3 server with sample data, AWS files that name it, and a window with the packaged extension. */
export interface World {
  readonly server: StrictS3;
  readonly workbench: Workbench;
  readonly window: Window;
  /** Where the proxy was asked to lead, as host and port. */
  readonly proxied: readonly string[];
  /** The path of a file in the workspace. */
  path(name: string): string;
  writeConfig(text: string): Promise<void>;
}

interface Opened extends World {
  close(): Promise<void>;
}

/** Gives a suite a world of its own, opened before its first test. A failed test leaves a picture of the window. */
export function useWorld(options: WorldOptions = {}): World {
  let opened: Opened | undefined;
  const world = (): Opened => {
    if (opened === undefined) throw new Error('The world is not open yet.');
    return opened;
  };
  before(async () => {
    opened = await openWorld(options);
  });
  afterEach(async function () {
    if (this.currentTest === undefined || this.currentTest.state === 'passed') return;
    await screenshot(world().workbench.page, `failed ${this.currentTest.title}`);
    // What stayed open would stand in the way of the tests that follow.
    await world().window.press('Escape', 'Escape', 'Escape');
  });
  after(() => opened?.close());
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
  };
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
  await writeConfig(options.config?.(server, network) ?? defaultConfig(server));
  await writeFile(join(folder, 'credentials'), '');
  await mkdir(path(''));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), content);
  }
  const workbench = await openWorkbench({
    version: 'newest',
    workspaceFolder: path(''),
    vsixPath: await packagedExtension(),
    env: {
      HOME: folder,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    // In a browser VS Code saves by itself otherwise.
    userSettings: { 'files.autoSave': 'off', 'http.proxy': network?.proxyUrl, ...options.userSettings },
    workspaceTrust: options.workspaceTrust,
    preparePage: options.preparePage,
  });
  const close = async () => {
    await workbench.close();
    await (network ?? server).close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const proxied = network?.tunnels ?? [];
  return { server, workbench, window: new Window(workbench.page), proxied, path, writeConfig, close };
}

function defaultConfig({ endpoint }: StrictS3): string {
  return profileSection('default', { credential: longTerm, endpoint });
}
