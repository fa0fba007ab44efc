import { hostname } from 'node:os';
import { ExtensionKind, ExtensionMode, type ExtensionContext } from 'vscode';
import { formatSource } from './core/connection/profiles/source.js';
import type { App } from './ui/app.js';
import { registerCommands } from './ui/commands.js';
import { Connections } from './ui/connection/connections.js';
import { CredentialsStatus } from './ui/connection/credentialsStatus.js';
import { registerLinkHover } from './ui/editor/linkHover.js';
import { registerLinkPages, type LinkPages } from './ui/editor/linkPages.js';
import { forgetLinksWhenOff } from './ui/links/forgetLinks.js';
import { takeDroppedRows } from './ui/editor/linkDrops.js';
import { makeSession } from './ui/connection/makeSession.js';
import { Memory } from './ui/memory.js';
import { reloadOnChanges } from './ui/connection/reloads.js';
import { sourceName } from './ui/connection/sourceNames.js';
import { BucketTree } from './ui/tree/bucketTree.js';
import { BucketsView } from './ui/tree/bucketsView.js';
import { window } from './ui/messages/door.js';
import type { Shown } from './ui/messages/shown.js';

/**
 * Makes the long-lived objects and connects them. Nothing is read or requested before the view opens or a command runs.
 * Gives these objects to tests, and others nothing.
 */
export function activate(context: ExtensionContext): App | undefined {
  const isTest = context.extensionMode === ExtensionMode.Test;
  const log = window.createOutputChannel('Signpost', { log: true });
  const status = new CredentialsStatus({ redrawMs: isTest ? 1000 : undefined });
  const base = {
    log,
    memory: new Memory({
      state: context.globalState,
      windowState: context.workspaceState,
      machine: context.extension.extensionKind === ExtensionKind.Workspace ? hostname() : '',
    }),
    connections: new Connections(context.globalState, context.secrets),
    version: (context.extension.packageJSON as { version: string }).version,
  };
  const session = makeSession(base, status);
  const tree: BucketTree = makeTree({ ...base, session }, (name, sourceId) => {
    view.showSource(name, sourceId);
  });
  // At once: the rows are asked for later, when a command may have had the credentials already.
  const hiding = session.onDidChange(() => {
    status.hide();
  });
  const view = new BucketsView(tree);
  const pages: LinkPages = new Map();
  const app: App = { ...base, session, tree, view, pages };
  const commands = registerCommands(app);
  context.subscriptions.push(
    log,
    reloadOnChanges(session),
    takeDroppedRows(app),
    forgetLinksWhenOff(base.memory),
    hiding,
    status,
    session,
    tree,
    view,
    registerLinkPages(pages),
    registerLinkHover(session),
    ...commands,
  );
  return isTest ? app : undefined;
}

function makeTree(
  { log, memory, connections, session }: Pick<App, 'log' | 'memory' | 'connections' | 'session'>,
  onSource: (name: Shown | undefined, sourceId: string) => void,
): BucketTree {
  return new BucketTree({
    session,
    onSource: (source) => {
      onSource(
        source === undefined ? undefined : sourceName(source, connections),
        source === undefined ? '' : formatSource(source),
      );
    },
    addedBuckets: (sourceId) => memory.addedBuckets(sourceId),
    tellProblem: async (error) => {
      const { logAndExplain } = await import('./ui/lazy.js');
      return logAndExplain(log, { what: 'listing', error, usesConnection: session.usesConnection });
    },
  });
}
