import { hostname } from 'node:os';
import { ExtensionKind, ExtensionMode, type ExtensionContext } from 'vscode';
import type { App } from './ui/app.js';
import { registerCommands } from './ui/commands.js';
import { Connections } from './ui/connection/connections.js';
import { CredentialsStatus } from './ui/connection/credentialsStatus.js';
import { makeSession, reloadOnChanges } from './ui/connection/makeSession.js';
import { registerLinkHover } from './ui/editor/linkHover.js';
import { registerLinkPages, type LinkPages } from './ui/editor/linkPages.js';
import { registerRowDrops } from './ui/editor/rowDrops.js';
import { forgetLinksWhenOff } from './ui/links/forgetLinks.js';
import { Memory } from './ui/memory.js';
import { ObjectChanges } from './ui/objectChanges.js';
import { window } from './ui/messages/safeVscode.js';
import type { BucketTree } from './ui/tree/bucketTree.js';
import { BucketsView } from './ui/tree/bucketsView.js';
import { makeTree } from './ui/tree/makeTree.js';
import { showChanges } from './ui/tree/showChanges.js';

/** The only place that loads code on demand; everything else is handed the parts it needs. */
const load = () => import('./ui/lazy.js');

/**
 * Creates the long-lived objects and connects them. Reads and requests nothing before the view opens or a
 * command runs. Returns these objects to tests only.
 */
export function activate(context: ExtensionContext): App | undefined {
  const isTest = context.extensionMode === ExtensionMode.Test;
  const log = window.createOutputChannel('Signpost', { log: true });
  const status = new CredentialsStatus({ load, redrawMs: isTest ? 1000 : undefined });
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
  const session = makeSession(base, { status, load });
  const tree: BucketTree = makeTree(
    { ...base, session },
    {
      load,
      onSource: (name, sourceId) => {
        view.showSource(name, sourceId);
      },
    },
  );
  // At once, not when the tree requests its rows: by then a command may already have obtained credentials.
  const hiding = session.onDidChange(() => {
    status.hide();
  });
  const view = new BucketsView(tree);
  const pages: LinkPages = new Map();
  const changes = new ObjectChanges();
  const app: App = { ...base, session, changes, tree, view, pages };
  context.subscriptions.push(
    log,
    reloadOnChanges(session),
    registerRowDrops(async (drop) => (await load()).insertDroppedLinks(app, drop)),
    forgetLinksWhenOff(base.memory),
    hiding,
    status,
    session,
    tree,
    view,
    changes,
    showChanges(app),
    registerLinkPages(pages),
    registerLinkHover({ session, load }),
    ...registerCommands(async (name, args) => (await load()).runCommand(app, name, args)),
  );
  return isTest ? app : undefined;
}
