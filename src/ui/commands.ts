import { commands, type Disposable } from 'vscode';
import type { App } from './app.js';
import { commandIds, type CommandId } from './ids.js';
import type * as lazy from './lazy.js';
import { run } from './run.js';

type Handler = (app: App, args: readonly unknown[]) => Promise<void>;

/** Every command. */
const table: Readonly<Record<CommandId, Handler>> = {
  [commandIds.selectProfile]: lazily((lazy) => lazy.selectProfile),
  [commandIds.addConnection]: lazily((lazy) => lazy.addConnection),
  [commandIds.editConnection]: lazily((lazy) => lazy.editConnection),
  [commandIds.removeConnection]: lazily((lazy) => lazy.removeConnection),
  [commandIds.openAwsConfig]: lazily((lazy) => lazy.openAwsConfig),
  [commandIds.signIn]: lazily((lazy) => lazy.signIn),
  [commandIds.showConnectionDetails]: lazily((lazy) => lazy.showConnectionDetails),
  [commandIds.showLog]: (app) => {
    app.log.show();
    return Promise.resolve();
  },
  [commandIds.addBucket]: lazily((lazy) => lazy.addBucket),
  [commandIds.removeBucket]: lazily((lazy) => lazy.removeBucket),
  [commandIds.refresh]: (app) => {
    app.session.reload();
    return Promise.resolve();
  },
  [commandIds.refreshRow]: lazily((lazy) => lazy.refreshRow),
  [commandIds.loadMore]: lazily((lazy) => lazy.loadMore),
  [commandIds.copyGetLink]: lazily((lazy) => lazy.copyGetLink),
  [commandIds.copyPutLink]: lazily((lazy) => lazy.copyPutLink),
  [commandIds.copyLinks]: lazily((lazy) => lazy.copyLinks),
  [commandIds.recentLinks]: lazily((lazy) => lazy.recentLinks),
  [commandIds.clearRecentLinks]: (app) => app.memory.changeRecentLinks(() => []),
  [commandIds.createLink]: lazily((lazy) => lazy.createLink),
  [commandIds.copyLinkAs]: lazily((lazy) => lazy.copyLinkAs),
  [commandIds.insertLink]: lazily((lazy) => lazy.insertLink),
  [commandIds.copyLinkCode]: lazily((lazy) => lazy.copyLinkCode),
  [commandIds.presignUpload]: lazily((lazy) => lazy.presignUpload),
  [commandIds.uploadActiveFile]: lazily((lazy) => lazy.uploadActiveFile),
  [commandIds.uploadToLink]: lazily((lazy) => lazy.uploadToLink),
  [commandIds.downloadFromLink]: lazily((lazy) => lazy.downloadFromLink),
  [commandIds.copyS3Uri]: copyAs('s3Uri'),
  [commandIds.copyKey]: copyAs('key'),
  [commandIds.copyArn]: copyAs('arn'),
  [commandIds.copyObjectUrl]: copyAs('objectUrl'),
  [commandIds.copyName]: copyAs('name'),
  [commandIds.explainLink]: lazily((lazy) => lazy.explainPresignedUrl),
  [commandIds.testLink]: lazily((lazy) => lazy.testPresignedUrl),
};

/** A command that needs the SDK or asks questions is loaded when it is first used. */
function lazily(command: (loaded: typeof lazy) => Handler): Handler {
  return async (app, args) => command(await import('./lazy.js'))(app, args);
}

/** Registers all commands. Each ends in `run`, so that none can fail unseen. */
export function registerCommands(app: App): readonly Disposable[] {
  return Object.entries(table).map(([id, handler]) =>
    commands.registerCommand(id, (...args: unknown[]) =>
      run(app, { id: id as CommandId, body: () => handler(app, args) }),
    ),
  );
}

function copyAs(as: 's3Uri' | 'key' | 'arn' | 'objectUrl' | 'name'): Handler {
  return async (app, args) => (await import('./lazy.js')).copyAddress(app, { as, args });
}
