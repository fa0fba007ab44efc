/** Names shared with package.json; a test compares the two. Imports nothing, so that tests can read it. */

export const viewId = 'signpost.buckets';

/** For the pages that explain a link. */
export const linkPageScheme = 'signpost-link';

/** A command's name is also that of its id, its handler and its file in `commands/`. */
export const commandIds = {
  selectProfile: 'signpost.selectProfile',
  addConnection: 'signpost.addConnection',
  editConnection: 'signpost.editConnection',
  removeConnection: 'signpost.removeConnection',
  openAwsConfig: 'signpost.openAwsConfig',
  signIn: 'signpost.signIn',
  showConnectionDetails: 'signpost.showConnectionDetails',
  showLog: 'signpost.showLog',
  addBucket: 'signpost.addBucket',
  removeBucket: 'signpost.removeBucket',
  refresh: 'signpost.refresh',
  refreshRow: 'signpost.refreshRow',
  loadMore: 'signpost.loadMore',
  copyPresignedGetUrl: 'signpost.copyPresignedGetUrl',
  copyPresignedPutUrl: 'signpost.copyPresignedPutUrl',
  copyLinks: 'signpost.copyLinks',
  showRecentLinks: 'signpost.showRecentLinks',
  clearRecentLinks: 'signpost.clearRecentLinks',
  createPresignedUrl: 'signpost.createPresignedUrl',
  copyLinkAs: 'signpost.copyLinkAs',
  insertLinkAtCursor: 'signpost.insertLinkAtCursor',
  copyLinkCode: 'signpost.copyLinkCode',
  presignUpload: 'signpost.presignUpload',
  uploadActiveFile: 'signpost.uploadActiveFile',
  uploadToLink: 'signpost.uploadToLink',
  downloadFromLink: 'signpost.downloadFromLink',
  copyS3Uri: 'signpost.copyS3Uri',
  copyKey: 'signpost.copyKey',
  copyArn: 'signpost.copyArn',
  copyObjectUrl: 'signpost.copyObjectUrl',
  copyName: 'signpost.copyName',
  explainPresignedUrl: 'signpost.explainPresignedUrl',
  testLink: 'signpost.testLink',
} as const;

export type CommandName = keyof typeof commandIds;

export type CommandId = (typeof commandIds)[CommandName];

/** Values of `viewItem` in the menus of package.json. */
export const itemKinds = {
  bucket: 'bucket',
  /** A bucket, or a prefix in one, that the user added. */
  added: 'added',
  folder: 'folder',
  object: 'object',
  more: 'more',
  /** Followed by its remedy: `problem_retry`. */
  problem: 'problem',
} as const;

/** What a drag of rows carries: their buckets and keys as JSON. */
export const draggedRows = 'application/vnd.signpost.rows';

/** Context keys and the values they take. */
export const contextKeys = {
  /** Which welcome text the empty view shows. */
  welcome: 'signpost.welcome',
} as const;

/** As VS Code names the walkthrough: the extension, then the id in package.json. */
export const walkthroughId = 'signpost.signpost#start';

/** Its steps, and the context keys that tell VS Code that one was done. */
export const walkthroughSteps = {
  chooseSource: 'signpost.hasChosenSource',
  copyLink: 'signpost.hasCopiedLink',
  uploadFile: 'signpost.hasUploadedFile',
  useReceivedLink: 'signpost.hasUsedReceivedLink',
} as const;

export type Welcome = 'none' | 'noProfiles' | 'noChoice' | 'noBuckets';

export const settingIds = {
  section: 'signpost',
  pageSize: 'pageSize',
  defaultExpiry: 'defaultExpiry',
  shortenToCredentials: 'shortenToCredentials',
  presets: 'presets',
  recentLinks: 'recentLinks',
  addressing: 'addressing',
  connectTimeoutSeconds: 'connectTimeoutSeconds',
  silenceTimeoutSeconds: 'silenceTimeoutSeconds',
  hover: 'hover',
} as const;

/** The numeric settings: the value used if none can be read, and the limits. */
export const settingNumbers = {
  pageSize: { default: 300, minimum: 10, maximum: 1000 },
  connectTimeoutSeconds: { default: 10, minimum: 1, maximum: 120 },
  silenceTimeoutSeconds: { default: 30, minimum: 1, maximum: 300 },
} as const;
