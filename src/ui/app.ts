import type { LogOutputChannel } from 'vscode';
import type { Connections } from './connection/connections.js';
import type { LinkPages } from './editor/linkPages.js';
import type { Memory } from './memory.js';
import type { ObjectChanges } from './objectChanges.js';
import type { Session } from './connection/session.js';
import type { BucketsView } from './tree/bucketsView.js';
import type { BucketTree } from './tree/bucketTree.js';

/** The long-lived objects, made in `activate` and handed to every command. */
export interface App {
  readonly session: Session;
  readonly memory: Memory;
  readonly connections: Connections;
  /** The extension's version, for the user agent. */
  readonly version: string;
  readonly changes: ObjectChanges;
  readonly tree: BucketTree;
  readonly view: BucketsView;
  readonly pages: LinkPages;
  readonly log: LogOutputChannel;
}

/** What signing needs, and what is remembered and logged about links. */
export type SigningApp = Pick<App, 'session' | 'memory' | 'connections' | 'log'>;

/** What opening connections needs, and what is remembered about them. */
export type ConnectionApp = Pick<App, 'memory' | 'connections' | 'version' | 'log'>;

/** What sending through a link needs, no matter where the link was made. */
export type LinkApp = Pick<App, 'session' | 'memory' | 'version' | 'log'>;

/** What uploading through its own link needs, and showing the object afterwards. */
export type UploadApp = LinkApp & Pick<App, 'changes'>;

/** Which rows are selected. */
export type RowsApp = Pick<App, 'view'>;
