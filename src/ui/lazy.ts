/**
 * Everything that is loaded on demand, in one module: the bundler then puts what activation shares with it
 * into one file instead of one for each pair of modules, and activation reads two files.
 */
export { watchAwsFiles } from '../core/connection/profiles/awsFilesWatch.js';
export { defaultSource } from '../core/connection/profiles/defaultSource.js';
export { listPage } from '../core/storage/listing.js';
export { allowEndpoints } from './connection/clearText.js';
export { showClockDifference } from './connection/clockMessage.js';
export { describeCredentials } from './connection/credentialsText.js';
export { hasSources, openConnection } from './connection/openConnection.js';
export { describeLinkAt } from './editor/describeLink.js';
export { insertDroppedLinks } from './editor/insertDroppedLinks.js';
export { runCommand } from './handlers.js';
export { logAndExplain } from './messages/logAndExplain.js';
export { askMfaCode } from './prompts/mfa.js';
export { FolderRows } from './rows/folderRows.js';
export { loadBucketList } from './tree/bucketList.js';
export { tooltipOf } from './tree/tooltip.js';
export { toTreeItem } from './tree/treeItem.js';
