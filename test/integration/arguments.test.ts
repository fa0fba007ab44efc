import assert from 'node:assert/strict';
import { window, workspace } from 'vscode';
import { commandIds, type CommandId } from '../../src/ui/ids.js';
import { shownMessages } from './support/notifications.js';
import type { Driver } from '../host/driver/driver.js';
import { closeEditors, outcomeOf, type Outcome } from './support/outcome.js';
import { bucketRow, folderRow, moreRow, objectRow, problemRow } from './support/rows.js';
import { driverFor } from './support/window.js';

interface Outcomes {
  /** For no argument, for one that is no row, and for a row without an address. */
  readonly other: Outcome;
  readonly bucket: Outcome;
  readonly folder: Outcome;
  readonly object: Outcome;
  /** What it says instead of asking; all others say nothing. */
  readonly message?: string;
}

const always = (outcome: Outcome): Outcomes => ({
  other: outcome,
  bucket: outcome,
  folder: outcome,
  object: outcome,
});
const noConnections = 'There are no connections. "S3: Add Connection..." makes one.';
const copies: Outcomes = { other: 'prompt', bucket: 'copied', folder: 'copied', object: 'copied' };

/** What each command comes to; a command without a row here does not compile. */
const outcomes: Readonly<Record<CommandId, Outcomes>> = {
  [commandIds.selectProfile]: always('prompt'),
  [commandIds.addConnection]: always('prompt'),
  [commandIds.editConnection]: { ...always('nothing'), message: noConnections },
  [commandIds.removeConnection]: { ...always('nothing'), message: noConnections },
  [commandIds.openAwsConfig]: always('nothing'),
  [commandIds.signIn]: { ...always('nothing'), message: 'This profile needs no sign-in.' },
  [commandIds.showConnectionDetails]: always('prompt'),
  [commandIds.showLog]: always('nothing'),
  [commandIds.addBucket]: always('prompt'),
  [commandIds.removeBucket]: always('nothing'),
  [commandIds.refresh]: always('nothing'),
  [commandIds.refreshRow]: always('nothing'),
  [commandIds.loadMore]: always('nothing'),
  [commandIds.copyGetLink]: always('prompt'),
  [commandIds.copyPutLink]: always('prompt'),
  [commandIds.copyLinks]: always('prompt'),
  [commandIds.recentLinks]: {
    ...always('nothing'),
    message: 'No links have been made yet, or the list was cleared.',
  },
  [commandIds.clearRecentLinks]: always('nothing'),
  [commandIds.createLink]: always('prompt'),
  [commandIds.copyLinkAs]: always('prompt'),
  [commandIds.insertLink]: always('prompt'),
  [commandIds.copyLinkCode]: always('prompt'),
  [commandIds.presignUpload]: always('prompt'),
  [commandIds.uploadActiveFile]: always('prompt'),
  [commandIds.uploadToLink]: always('prompt'),
  [commandIds.downloadFromLink]: always('prompt'),
  [commandIds.explainLink]: always('prompt'),
  [commandIds.testLink]: always('prompt'),
  [commandIds.copyS3Uri]: copies,
  [commandIds.copyName]: copies,
  [commandIds.copyArn]: copies,
  [commandIds.copyKey]: { ...copies, bucket: 'prompt' },
  [commandIds.copyObjectUrl]: { ...copies, bucket: 'prompt', folder: 'prompt' },
};

/** What a keybinding or another extension may pass. */
const noRows: readonly (readonly unknown[])[] = [
  [],
  [undefined],
  [null],
  [7],
  ['docs'],
  [{}],
  [[]],
  [{ kind: 'planet', bucket: 'docs' }],
  [{ kind: 'object', bucket: 'docs', prefix: '' }],
  [{ kind: 'more', container: 7 }],
  [{ kind: 'problem', container: {} }],
  [moreRow('docs')],
  [problemRow('docs')],
];

const rows = {
  bucket: bucketRow('docs'),
  folder: folderRow('docs', 'in/'),
  object: objectRow('docs', 'hello.txt'),
} as const;

async function assertMessage(driver: Driver, expected: string | undefined): Promise<void> {
  const messages = (await shownMessages(driver)).map(({ message }) => message);
  assert.deepEqual(messages, expected === undefined ? [] : [expected]);
}

describe('every command', () => {
  beforeEach(async () => {
    // Uploads are about what is open, so something is.
    await window.showTextDocument(await workspace.openTextDocument({ content: 'open' }));
  });
  afterEach(closeEditors);

  for (const [id, expected] of Object.entries(outcomes) as [CommandId, Outcomes][]) {
    it(`${id} takes no argument and wrong ones`, async function () {
      const driver = driverFor(this);
      for (const args of noRows) {
        assert.equal(await outcomeOf(driver, { id, args }), expected.other, JSON.stringify(args));
      }
      await assertMessage(driver, expected.message);
    });

    it(`${id} takes a row of each kind`, async function () {
      const driver = driverFor(this);
      for (const kind of ['bucket', 'folder', 'object'] as const) {
        assert.equal(await outcomeOf(driver, { id, args: [rows[kind]] }), expected[kind], kind);
      }
      await assertMessage(driver, expected.message);
    });
  }
});
