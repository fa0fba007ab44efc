import assert from 'node:assert/strict';
import { commandIds, type CommandId } from '../../src/ui/ids.js';
import { shownMessages } from './support/notifications.js';
import type { Driver } from '../host/driver/driver.js';
import { openText } from './support/openText.js';
import { closeEditors, outcomeOf, type Outcome } from './support/outcome.js';
import { bucketRow, folderRow, moreRow, objectRow, problemRow } from './support/rows.js';
import { driverFor, startCommand } from './support/window.js';

/** How a command reads its arguments: not at all, or as rows, a file, a link's place, or sign-in options. */
type Reader = 'nothing' | 'rowOf' | 'rowsOf' | 'isNode' | 'fileOf' | 'pickLink' | 'readSignInOptions';

interface Case {
  readonly reads: Reader;
  /** Without an argument, or with a wrong one. */
  readonly alone: Outcome;
  /** With a row; absent if that makes no difference. */
  readonly rows?: Readonly<Record<keyof typeof rows, Outcome>>;
  /** The message shown instead of a question; absent for none. */
  readonly message?: string;
}

const rows = {
  bucket: bucketRow('docs'),
  folder: folderRow('docs', 'in/'),
  object: objectRow('docs', 'hello.txt'),
} as const;

const noConnections = 'There are no connections. Run "S3: Add Connection..." to add one.';
const asksAboutRow: Case = { reads: 'rowOf', alone: 'prompt' };
const copied: Case['rows'] = { bucket: 'copied', folder: 'copied', object: 'copied' };
const copies: Case = { reads: 'rowsOf', alone: 'prompt', rows: copied };
const asks: Case = { reads: 'nothing', alone: 'prompt' };
const acts: Case = { reads: 'nothing', alone: 'nothing' };

/** The outcome of each command; a command without a row here does not compile. */
const cases: Readonly<Record<CommandId, Case>> = {
  [commandIds.selectProfile]: asks,
  [commandIds.addConnection]: asks,
  [commandIds.editConnection]: { ...acts, message: noConnections },
  [commandIds.removeConnection]: { ...acts, message: noConnections },
  [commandIds.openAwsConfig]: acts,
  [commandIds.signIn]: {
    reads: 'readSignInOptions',
    alone: 'nothing',
    message: 'This profile does not need a sign-in.',
  },
  [commandIds.showConnectionDetails]: asks,
  [commandIds.showLog]: acts,
  [commandIds.addBucket]: asks,
  [commandIds.removeBucket]: { reads: 'rowsOf', alone: 'nothing' },
  [commandIds.refresh]: acts,
  [commandIds.refreshRow]: { reads: 'isNode', alone: 'nothing' },
  [commandIds.loadMore]: { reads: 'isNode', alone: 'nothing' },
  [commandIds.copyPresignedGetUrl]: asksAboutRow,
  [commandIds.copyPresignedPutUrl]: asksAboutRow,
  [commandIds.copyLinks]: { reads: 'rowsOf', alone: 'prompt' },
  [commandIds.showRecentLinks]: {
    ...acts,
    message: 'No links have been created yet, or the list was cleared.',
  },
  [commandIds.clearRecentLinks]: acts,
  [commandIds.createPresignedUrl]: asksAboutRow,
  [commandIds.copyLinkAs]: asksAboutRow,
  [commandIds.insertLinkAtCursor]: asksAboutRow,
  [commandIds.copyLinkCode]: asksAboutRow,
  [commandIds.presignUpload]: { reads: 'fileOf', alone: 'prompt' },
  [commandIds.uploadActiveFile]: { reads: 'fileOf', alone: 'prompt' },
  [commandIds.uploadToLink]: { reads: 'fileOf', alone: 'prompt' },
  [commandIds.downloadFromLink]: asks,
  [commandIds.explainPresignedUrl]: { reads: 'pickLink', alone: 'prompt' },
  [commandIds.testLink]: { reads: 'pickLink', alone: 'prompt' },
  [commandIds.copyS3Uri]: copies,
  [commandIds.copyName]: copies,
  [commandIds.copyArn]: copies,
  [commandIds.copyKey]: { ...copies, rows: { ...copied, bucket: 'prompt' } },
  [commandIds.copyObjectUrl]: { ...copies, rows: { bucket: 'prompt', folder: 'prompt', object: 'copied' } },
};

/** One command for each way of reading arguments, standing in for the others. */
const readers: Readonly<Record<Reader, CommandId>> = {
  nothing: commandIds.clearRecentLinks,
  rowOf: commandIds.copyPresignedGetUrl,
  rowsOf: commandIds.copyS3Uri,
  isNode: commandIds.refreshRow,
  fileOf: commandIds.uploadActiveFile,
  pickLink: commandIds.explainPresignedUrl,
  readSignInOptions: commandIds.signIn,
};

/** What a keybinding or another extension may pass. */
const wrongArguments: readonly (readonly unknown[])[] = [
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

async function assertMessage(driver: Driver, expected: string | undefined): Promise<void> {
  const messages = (await shownMessages(driver)).map(({ message }) => message);
  assert.deepEqual(messages, expected === undefined ? [] : [expected]);
}

/** Opens a text, as uploads need an active editor, and forgets the links of other tests. */
async function openSomething(): Promise<void> {
  await openText('open');
  await startCommand(commandIds.clearRecentLinks).ended;
}

describe('every command', () => {
  beforeEach(openSomething);
  afterEach(closeEditors);

  for (const [id, { reads, alone, rows: withRow, message }] of Object.entries(cases) as [CommandId, Case][]) {
    const readsRows = reads === 'rowOf' || reads === 'rowsOf' || reads === 'isNode';
    const kinds = readsRows ? (['bucket', 'folder', 'object'] as const) : (['object'] as const);
    it(`${id} takes no argument, and ${readsRows ? 'a row of each kind' : 'ignores a row'}`, async function () {
      const driver = driverFor(this);
      assert.equal(await outcomeOf(driver, { id, args: [] }), alone);
      for (const kind of kinds)
        assert.equal(await outcomeOf(driver, { id, args: [rows[kind]] }), withRow?.[kind] ?? alone, kind);
      await assertMessage(driver, message);
    });
  }
});

describe('wrong arguments', () => {
  beforeEach(openSomething);
  afterEach(closeEditors);

  for (const [reader, id] of Object.entries(readers) as [Reader, CommandId][]) {
    it(`are ignored by a command that reads them by ${reader}: ${id}`, async function () {
      const driver = driverFor(this);
      assert.equal(cases[id].reads, reader);
      for (const args of wrongArguments)
        assert.equal(await outcomeOf(driver, { id, args }), cases[id].alone, JSON.stringify(args));
      await assertMessage(driver, cases[id].message);
    });
  }
});
