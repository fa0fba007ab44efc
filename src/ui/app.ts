import type { LogOutputChannel } from 'vscode';
import type { Connections } from './connection/connections.js';
import type { LinkPages } from './editor/linkPages.js';
import type { Memory } from './memory.js';
import type { Session } from './connection/session.js';
import type { BucketsView } from './tree/bucketsView.js';
import type { BucketTree } from './tree/bucketTree.js';

/** The long-lived objects, made in `activate` and handed to every command. */
export interface App {
  readonly session: Session;
  readonly memory: Memory;
  readonly connections: Connections;
  /** As the user agent names it. */
  readonly version: string;
  readonly tree: BucketTree;
  readonly view: BucketsView;
  readonly pages: LinkPages;
  readonly log: LogOutputChannel;
}
