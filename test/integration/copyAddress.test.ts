import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds, type CommandId } from '../../src/ui/ids.js';
import type { AddressedNode } from '../../src/ui/rows/nodes.js';
import { sampleOddKeys } from '../support/oddKeys.js';
import { assertNothingCopied, copied, markClipboard } from './support/clipboard.js';
import { assertNoMessage, listMessages } from './support/notifications.js';
import { bucketRow, folderRow, objectRow } from './support/rows.js';
import { driverFor, startCommand } from './support/window.js';

interface Copy {
  readonly id: CommandId;
  readonly rows: readonly AddressedNode[];
  readonly text: string;
}

const { copyS3Uri, copyKey, copyName, copyArn, copyObjectUrl } = commandIds;
const bucket = bucketRow('docs');
const folder = folderRow('docs', 'in/');
const object = objectRow('docs', 'in/first.txt');
const abroad = objectRow('eu-docs', 'grüße.txt');

const copies: Readonly<Record<string, Copy>> = {
  'the address of a bucket': { id: copyS3Uri, rows: [bucket], text: 's3://docs' },
  'the address of a folder': { id: copyS3Uri, rows: [folder], text: 's3://docs/in/' },
  'the address of an object': { id: copyS3Uri, rows: [object], text: 's3://docs/in/first.txt' },
  'addresses of several rows, one per line': {
    id: copyS3Uri,
    rows: [object, bucket, abroad],
    text: 's3://docs/in/first.txt\ns3://docs\ns3://eu-docs/grüße.txt',
  },
  'the key of an object': { id: copyKey, rows: [object], text: 'in/first.txt' },
  'keys of several rows, without that of a bucket': {
    id: copyKey,
    rows: [object, bucket, folder],
    text: 'in/first.txt\nin/',
  },
  'Enter a bucket name': { id: copyName, rows: [bucket], text: 'docs' },
  'the name of a folder': { id: copyName, rows: [folder], text: 'in' },
  'names of several rows': { id: copyName, rows: [object, abroad], text: 'first.txt\ngrüße.txt' },
  'the ARN of a bucket': { id: copyArn, rows: [bucket], text: 'arn:aws:s3:::docs' },
  'ARNs of several rows': {
    id: copyArn,
    rows: [object, abroad],
    text: 'arn:aws:s3:::docs/in/first.txt\narn:aws:s3:::eu-docs/grüße.txt',
  },
};

async function copyFrom(id: CommandId, rows: readonly AddressedNode[]): Promise<string | undefined> {
  await markClipboard();
  // The arguments a menu passes: the clicked row, then all selected rows.
  await commands.executeCommand(id, rows[0], rows);
  return copied();
}

describe('copying addresses', () => {
  for (const [what, { id, rows, text }] of Object.entries(copies)) {
    it(`copies ${what}`, async () => {
      assert.equal(await copyFrom(id, rows), text);
    });
  }

  it('copies only the clicked row if it is not among the selected', async () => {
    await markClipboard();
    await commands.executeCommand(copyKey, object, [abroad, objectRow('docs', 'hello.txt')]);
    assert.equal(await copied(), 'in/first.txt');
  });

  it('copies URLs that reach the objects', async () => {
    const text = await copyFrom(copyObjectUrl, [object, abroad]);
    const urls = (text ?? '').split('\n').map((line) => new URL(line));
    assert.deepEqual(
      urls.map(({ pathname, search }) => pathname + search),
      ['/docs/in/first.txt', '/eu-docs/gr%C3%BC%C3%9Fe.txt'],
    );
  });

  it('asks for bucket and key without a row', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(copyS3Uri);
    await driver.waitForQuickInput();
    await driver.type('s3://docs/typed key.txt');
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label.includes('typed key.txt')));
    await driver.press('Enter');
    await driver.waitForQuickInput(({ value }) => value === 'typed key.txt');
    await assertNothingCopied();
    await driver.press('Enter');
    await running.ended;
    assert.equal(await copied(), 's3://docs/typed key.txt');
    await assertNoMessage(driver);
  });
});

describe('copying unusual keys', () => {
  for (const [what, key] of Object.entries(sampleOddKeys)) {
    it(`copies a key with ${what} unchanged`, async () => {
      const row = objectRow('odd', key);
      assert.equal(await copyFrom(copyKey, [row]), key);
      assert.equal(await copyFrom(copyS3Uri, [row]), `s3://odd/${key}`);
      assert.equal(await copyFrom(copyArn, [row]), `arn:aws:s3:::odd/${key}`);
    });
  }

  for (const id of [copyS3Uri, copyKey, copyName, copyArn]) {
    it(`warns that a terminal may run what was copied: ${id}`, async function () {
      await copyFrom(id, [objectRow('odd', sampleOddKeys.tab)]);
      await listMessages(
        driverFor(this),
        'Copied text with control or invisible characters. Pasting it into a terminal can run commands.',
      );
    });
  }

  it('shows no such warning if only line breaks separate addresses, or everything is escaped', async function () {
    await copyFrom(copyS3Uri, [object, abroad]);
    await copyFrom(copyObjectUrl, [objectRow('odd', sampleOddKeys.tab)]);
    await assertNoMessage(driverFor(this));
  });

  it('copies several, one per line', async () => {
    const keys = [sampleOddKeys.space, sampleOddKeys['double slash'], sampleOddKeys.NFD, sampleOddKeys.emoji];
    const rows = keys.map((key) => objectRow('odd', key));
    assert.equal(await copyFrom(copyKey, rows), keys.join('\n'));
  });
});
