import type { App } from './app.js';
import { addBucket } from './commands/addBucket.js';
import { addConnection } from './commands/addConnection.js';
import { clearRecentLinks } from './commands/clearRecentLinks.js';
import { copyArn } from './commands/copyArn.js';
import { copyKey } from './commands/copyKey.js';
import { copyLinkAs } from './commands/copyLinkAs.js';
import { copyLinkCode } from './commands/copyLinkCode.js';
import { copyLinks } from './commands/copyLinks.js';
import { copyName } from './commands/copyName.js';
import { copyObjectUrl } from './commands/copyObjectUrl.js';
import { copyPresignedGetUrl } from './commands/copyPresignedGetUrl.js';
import { copyPresignedPutUrl } from './commands/copyPresignedPutUrl.js';
import { copyS3Uri } from './commands/copyS3Uri.js';
import { createPresignedUrl } from './commands/createPresignedUrl.js';
import { downloadFromLink } from './commands/downloadFromLink.js';
import { editConnection } from './commands/editConnection.js';
import { explainPresignedUrl } from './commands/explainPresignedUrl.js';
import { insertLinkAtCursor } from './commands/insertLinkAtCursor.js';
import { loadMore } from './commands/loadMore.js';
import { openAwsConfig } from './commands/openAwsConfig.js';
import { presignUpload } from './commands/presignUpload.js';
import { refresh } from './commands/refresh.js';
import { refreshRow } from './commands/refreshRow.js';
import { removeBucket } from './commands/removeBucket.js';
import { removeConnection } from './commands/removeConnection.js';
import { selectProfile } from './commands/selectProfile.js';
import { showConnectionDetails } from './commands/showConnectionDetails.js';
import { showLog } from './commands/showLog.js';
import { showRecentLinks } from './commands/showRecentLinks.js';
import { signIn } from './commands/signIn.js';
import { testLink } from './commands/testLink.js';
import { uploadActiveFile } from './commands/uploadActiveFile.js';
import { uploadToLink } from './commands/uploadToLink.js';
import { commandIds, type CommandName } from './ids.js';
import { run } from './run.js';

type Handler = (app: App, args: readonly unknown[]) => Promise<void>;

const handlers: Readonly<Record<CommandName, Handler>> = {
  addBucket,
  addConnection,
  clearRecentLinks,
  copyArn,
  copyKey,
  copyLinkAs,
  copyLinkCode,
  copyLinks,
  copyName,
  copyObjectUrl,
  copyPresignedGetUrl,
  copyPresignedPutUrl,
  copyS3Uri,
  createPresignedUrl,
  downloadFromLink,
  editConnection,
  explainPresignedUrl,
  insertLinkAtCursor,
  loadMore,
  openAwsConfig,
  presignUpload,
  refresh,
  refreshRow,
  removeBucket,
  removeConnection,
  selectProfile,
  showConnectionDetails,
  showLog,
  showRecentLinks,
  signIn,
  testLink,
  uploadActiveFile,
  uploadToLink,
};

/** Every command goes through `run`, which shows its failure. */
export function runCommand(app: App, name: CommandName, args: readonly unknown[]): Promise<void> {
  return run(app, { id: commandIds[name], body: () => handlers[name](app, args) });
}
