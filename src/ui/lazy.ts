/**
 * Everything that is loaded when it is first needed, as one module: the bundler then makes one file of what activation
 * shares with it, in place of one for each pair of modules, and activation reads two files.
 */
export { usualSource } from '../core/connection/profiles/usualSource.js';
export { listPage } from '../core/storage/listing.js';
export { watchAwsFiles } from '../core/connection/profiles/awsFilesWatch.js';
export { addBucket } from './commands/addBucket.js';
export { addConnection } from './commands/addConnection.js';
export { copyAddress } from './commands/copyAddress.js';
export { copyGetLink, copyPutLink } from './commands/copyLink.js';
export { copyLinks } from './commands/copyLinks.js';
export { copyLinkAs } from './commands/copyLinkAs.js';
export { copyLinkCode } from './commands/copyLinkCode.js';
export { createLink } from './commands/createLink.js';
export { downloadFromLink } from './commands/downloadFromLink.js';
export { editConnection } from './commands/editConnection.js';
export { explainPresignedUrl } from './commands/explainLink.js';
export { insertLink } from './commands/insertLink.js';
export { insertDroppedLinks } from './editor/insertDroppedLinks.js';
export { presignUpload } from './commands/presignUpload.js';
export { recentLinks } from './commands/recentLinks.js';
export { removeBucket } from './commands/removeBucket.js';
export { removeConnection } from './commands/removeConnection.js';
export { openAwsConfig } from './commands/openAwsConfig.js';
export { selectProfile } from './commands/selectProfile.js';
export { showConnectionDetails } from './commands/showConnectionDetails.js';
export { signIn } from './commands/signIn.js';
export { testPresignedUrl } from './commands/testLink.js';
export { uploadActiveFile } from './commands/uploadActiveFile.js';
export { uploadToLink } from './commands/uploadToLink.js';
export { showClockDifference } from './connection/clockMessage.js';
export { describeCredentials } from './connection/credentialsText.js';
export { describeLinkAt } from './editor/describeLink.js';
export { logAndExplain } from './messages/logAndExplain.js';
export { hasSources, openConnection } from './connection/openConnection.js';
export { allowEndpoints } from './connection/clearText.js';
export { askMfaCode } from './prompts/mfa.js';
export { loadMore, refreshRow } from './commands/rowCommands.js';
export { showFailure } from './messages/showFailure.js';
export { explainUnlisted, learnRegions, listBucketRows } from './tree/bucketRows.js';
export { tooltipOf } from './tree/tooltip.js';
export { toTreeItem } from './tree/treeItem.js';
