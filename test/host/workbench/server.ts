import type { NpmHost } from '../npmHost/bring.js';
import { poll } from '../../support/poll.js';
import { runToEnd, startGroup } from '../processes.js';

export interface ServerOptions {
  readonly host: NpmHost;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly workspaceTrust: boolean;
}

export interface Server {
  readonly port: number;
  /** What the server printed. */
  output(): string;
  end(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/** Starts the server on a free port of 127.0.0.1 and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const group = startGroup(options.host.node, serverArgs(options), { env: options.env });
  try {
    const port = await poll(
      () => {
        const listening = /Extension host agent listening on (\d+)/.exec(group.output());
        if (listening !== null) return Number(listening[1]);
        if (group.child.exitCode !== null) throw new Error('The VS Code server ended.');
        return undefined;
      },
      { what: 'the VS Code server to listen', limitMs: START_LIMIT_MS },
    );
    return { port, output: () => group.output(), end: () => group.end() };
  } catch (error) {
    await group.end();
    throw new Error(`The VS Code server did not start:\n${group.output()}`, { cause: error });
  }
}

function serverArgs(options: ServerOptions): string[] {
  return [
    options.host.server,
    ...['--host', '127.0.0.1', '--port', '0'],
    ...folderArgs(options),
    ...['--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off'],
    // Otherwise the server would add the variables of a login shell.
    '--force-disable-user-env',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
}

/** Installs a packaged extension the way users do from the command line. */
export async function installVsix(vsixPath: string, options: ServerOptions): Promise<void> {
  const args = [options.host.server, '--install-extension', vsixPath, ...folderArgs(options)];
  await runToEnd(options.host.node, args, { env: options.env });
}

function folderArgs({ dataFolder, extensionsFolder }: ServerOptions): string[] {
  return ['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
}
