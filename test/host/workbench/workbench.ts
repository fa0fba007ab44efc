import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { isForeignVariable } from '../hostEnvironment.js';
import { bringNpmHost } from '../npmHost/bring.js';
import type { HostVersion } from '../npmHost/versions.js';
import { poll } from '../../support/poll.js';
import { openPage } from './browser.js';
import { developmentScript, type UnderDevelopment } from './developmentOptions.js';
import { installVsix, startServer, type Server, type ServerOptions } from './server.js';
import { filesBelow, readStoredState } from './storedState.js';
import { quietSettings } from './userSettings.js';

export interface WorkbenchOptions extends UnderDevelopment {
  readonly version: HostVersion;
  readonly workspaceFolder?: string;
  /** Added to this process's environment, from which every AWS_* variable and proxy was removed. */
  readonly env?: NodeJS.ProcessEnv;
  /** Overrides the settings of a calm window. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** A packaged extension to install before the start. */
  readonly vsixPath?: string;
  /** Opens the folder in Restricted Mode until it is trusted; without it every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Runs before the page loads the workbench. */
  readonly preparePage?: (page: Page) => Promise<void>;
}

/** A server without a page, for the user's own browser. */
export interface HostedWorkbench {
  readonly url: string;
  /** The server's data: settings, logs, files of extensions. */
  readonly dataFolder: string;
  /** All log files of the server, the extension hosts and the output channels. */
  logFiles(): Promise<string[]>;
  /** What the server itself printed. */
  serverOutput(): string;
  /** Ends the processes and removes the folders. */
  close(): Promise<void>;
}

export interface Workbench extends HostedWorkbench {
  readonly page: Page;
  /** Loads the workbench into a page of the same browser, as a reload or a second window; settles when it is drawn. */
  load(page: Page): Promise<void>;
  /** Everything the workbench remembers, as one text. */
  storedState(): Promise<string>;
}

/** Starts a VS Code server whose address a user can open. */
export async function hostWorkbench(options: WorkbenchOptions): Promise<HostedWorkbench> {
  const host = await bringNpmHost(options.version);
  const dataFolder = await mkdtemp(join(tmpdir(), 'signpost-host-'));
  const removeData = () => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const serverOptions = {
      host,
      dataFolder,
      extensionsFolder: join(dataFolder, 'extensions'),
      // Without a gallery the window asks no server about extensions.
      env: { ...scrubbedEnvironment(), EXTENSIONS_GALLERY: '{}', ...options.env },
      workspaceTrust: options.workspaceTrust ?? false,
    };
    const server = await serverWithExtension(serverOptions, options);
    return {
      url: workbenchUrl(server.port, options.workspaceFolder),
      dataFolder,
      logFiles: async () => (await filesBelow(dataFolder)).filter((path) => path.endsWith('.log')),
      serverOutput: () => server.output(),
      close: async () => {
        await server.end();
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
}

async function serverWithExtension(server: ServerOptions, options: WorkbenchOptions): Promise<Server> {
  const userFolder = join(server.dataFolder, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  await writeFile(join(userFolder, 'settings.json'), quietSettings(options.version, options.userSettings));
  if (options.vsixPath !== undefined) await installVsix(options.vsixPath, server);
  return startServer(server);
}

/** Starts a VS Code server and opens its workbench in a headless browser; settles when the window is drawn. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const hosted = await hostWorkbench(options);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await hosted.close();
  };
  try {
    const opened = await openPage();
    const page = opened.page;
    browser = opened.browser;
    await page.addInitScript(developmentScript(options, new URL(hosted.url).host));
    await options.preparePage?.(page);
    const load = (into: Page) => loadWorkbench(into, hosted);
    await load(page);
    return { ...hosted, page, load, storedState: () => readStoredState(page, hosted.dataFolder), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const START_LIMIT_MS = 90_000;

/**
 * Waits until the window has restored what it shows: until then it opens views and moves the focus by itself. Waits also
 * for the extension host: until it runs, the window does not offer what extensions contribute.
 */
async function loadWorkbench(page: Page, hosted: HostedWorkbench): Promise<void> {
  const before = await startedHosts(hosted);
  await page.goto(hosted.url, { waitUntil: 'commit', timeout: START_LIMIT_MS });
  await page.waitForFunction(
    "performance.getEntriesByName('code/didStartWorkbench').length > 0 && document.querySelector('.part.statusbar')",
    undefined,
    { timeout: START_LIMIT_MS },
  );
  await poll(async () => (await startedHosts(hosted)) > before, {
    what: 'the extension host to start',
    limitMs: START_LIMIT_MS,
  });
}

/** How many extension hosts have started so far. */
async function startedHosts(hosted: HostedWorkbench): Promise<number> {
  const logs = (await hosted.logFiles()).filter((path) => path.endsWith('remoteexthost.log'));
  const texts = await Promise.all(logs.map((path) => readFile(path, 'utf8')));
  return texts.join('').split('Eager extensions activated').length - 1;
}

function workbenchUrl(port: number, workspaceFolder: string | undefined): string {
  const query = new URLSearchParams({ payload: JSON.stringify([['skipWelcome', 'true']]) });
  if (workspaceFolder !== undefined) query.set('folder', workspaceFolder);
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

function scrubbedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeignVariable(name)));
}
