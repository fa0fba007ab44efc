import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { roleArn } from '../support/identities.js';
import { staySilent, useRawServer } from '../support/badServers.js';
import { isRunning } from '../support/processes.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';
import { assertNothingCopied, markClipboard } from './support/clipboard.js';
import { askExpiry } from './support/links.js';
import { startList } from './support/lists.js';
import { listMessages } from './support/notifications.js';
import { startOpening, openRow, showBuckets } from './support/openRows.js';
import { bucketRow, folderRow, moreRow, objectRow } from './support/rows.js';
import { connectS3, type S3Servers } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { typePlace, workspaceFile } from './support/uploads.js';
import { selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');
const list = { format: 'Links, one per line', destination: 'Copy to the clipboard' } as const;

/**
 * Starts the upload of a file up to its first request: nothing can be listed, so the destination is typed.
 */
async function startUpload(driver: Driver): Promise<RunningCommand> {
  const running = startCommand(commandIds.uploadActiveFile, workspaceFile('notes.txt'));
  await driver.waitForQuickInput();
  await typePlace(driver, 's3://docs/hung.txt');
  await driver.waitForQuickInput(({ value }) => value === 'hung.txt');
  await driver.press('Enter');
  return running;
}

interface Waiting {
  /** The title of the progress while credentials are requested. */
  readonly title: string;
  readonly start: (driver: Driver) => Promise<RunningCommand>;
}

const waiting: Readonly<Record<string, Waiting>> = {
  'Copy Presigned GET URL': {
    title: 'Creating a link',
    start: async (driver) => {
      const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
      await driver.press('Enter');
      return running;
    },
  },
  'Copy Links of objects': {
    title: 'Creating links',
    start: (driver) => startList(driver, { rows: [hello], ...list }),
  },
  'Copy Links of a folder': {
    title: 'Listing s3://docs/in/',
    start: (driver) => startList(driver, { rows: [folderRow('docs', 'in/')], ...list }),
  },
  'an upload': { title: 'Checking s3://docs/hung.txt', start: startUpload },
  'Copy Object URL': {
    title: 'Copying the address',
    start: () => Promise.resolve(startCommand(commandIds.copyObjectUrl, hello, [hello])),
  },
  'Show Connection Details': {
    title: 'Getting credentials',
    start: () => Promise.resolve(startCommand(commandIds.showConnectionDetails)),
  },
};

/** Presses Cancel; the command, and the request it waited for, each have to end within a second. */
async function assertCancelEnds(driver: Driver, command: Waiting, isAsking: () => boolean): Promise<void> {
  await markClipboard();
  const running = await command.start(driver);
  await listMessages(driver, command.title);
  await poll(isAsking, { what: 'credentials to be requested' });
  await driver.clickNotificationButton('Cancel');
  await poll(() => running.hasEnded(), { what: 'the end of the command', limitMs: 10_000 });
  await poll(() => !isAsking(), { what: 'the end of the asking', limitMs: 10_000 });
  await assertNothingCopied();
}

/**
 * Selects a profile made for a test while the view is hidden: its rows would wait for the credentials too.
 */
function useHiddenProfile(): (driver: Driver, sections: Sections) => Promise<void> {
  let original = '';
  before(async () => {
    original = await readConfig();
  });
  afterEach(async function () {
    await writeFile(configPath(), original);
  });
  return async (driver, sections) => {
    const { endpoint_url: endpoint = '' } = settingsOf(original, 'default');
    const own = { endpoint_url: endpoint, region: 'us-east-1', ...sections['profile hung'] };
    const text = Object.entries({ ...sections, 'profile hung': own }).reduce(
      (config, [name, settings]) => withSection(config, name, settings),
      original,
    );
    await writeFile(configPath(), text);
    await commands.executeCommand('workbench.view.explorer');
    await selectProfile('hung');
  };
}

type Sections = Readonly<Partial<Record<'profile hung' | 'services hung', Readonly<Record<string, string>>>>>;

describe('credentials that are no longer needed', () => {
  const select = useHiddenProfile();
  const startServer = useRawServer();

  for (const [name, command] of Object.entries(waiting)) {
    it(`are no longer requested: Cancel of ${name}, at STS`, async function () {
      const driver = driverFor(this);
      const server = await startServer(staySilent);
      await select(driver, {
        'profile hung': { role_arn: roleArn, source_profile: 'default', services: 'hung' },
        'services hung': { sts: `\n  endpoint_url = http://${server.host}` },
      });
      await assertCancelEnds(driver, command, () => server.open > 0);
    });
  }
});

describe('a credential_process that is no longer needed', () => {
  const select = useHiddenProfile();
  const folder = mkdtempSync(join(tmpdir(), 'signpost-'));
  const pidFile = join(folder, 'pid');
  afterEach(() => {
    rmSync(pidFile, { force: true });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [name, command] of Object.entries(waiting)) {
    it(`is stopped: Cancel of ${name}`, async function () {
      const driver = driverFor(this);
      await select(driver, {
        'profile hung': { credential_process: `sleep 60 & echo $! > ${pidFile}; wait` },
      });
      const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
      await assertCancelEnds(driver, command, () => pid() > 0 && isRunning(pid()));
    });
  }
});

/** Waits until that many listings have arrived at the server, and all but the last have been aborted. */
async function assertLastHangs(s3: S3Servers, count: number): Promise<void> {
  const isListing = (operation: string) => operation === 'ListObjectsV2';
  await poll(async () => (await s3.network()).arrived.filter(isListing).length === count, {
    what: `listing ${count} at the server`,
  });
  await poll(
    async () => {
      const ended = (await s3.requests()).filter(({ operation }) => isListing(operation));
      return ended.length === count - 1 && ended.every(({ status }) => status === 0);
    },
    { what: 'the end of the listings before it', limitMs: 10_000 },
  );
}

describe('a row that hangs', () => {
  // Waits for the rows: a late request would show up in the next tests.
  afterEach(async function () {
    await setSetting('pageSize', undefined);
    await showBuckets(driverFor(this));
  });

  it('aborts its request when it is refreshed, and sends another', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await showBuckets(driver);
    await s3.setFault('listingHangs');
    await s3.clearRequests();
    await startOpening(driver, 'docs');
    await assertLastHangs(s3, 1);
    await commands.executeCommand(commandIds.refreshRow, bucketRow('docs'));
    await assertLastHangs(s3, 2);
    await s3.setFault('none');
    const names = await waitForRows(driver, (shown) => shown.includes('hello.txt'));
    assert.deepEqual(
      names.filter((name) => name.includes('No MFA code was entered')),
      [],
    );
  });

  it('aborts the request for its next page when it is refreshed', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await setSetting('pageSize', 10);
    await showBuckets(driver);
    await openRow(bucketRow('many'));
    await waitForRows(driver, (names) => names.includes('object-10.txt'));
    await s3.setFault('listingHangs');
    await s3.clearRequests();
    const more = startCommand(commandIds.loadMore, moreRow('many'));
    await assertLastHangs(s3, 1);
    await commands.executeCommand(commandIds.refreshRow, bucketRow('many'));
    await assertLastHangs(s3, 2);
    await more.ended;
    await s3.setFault('none');
    // The rows on screen may be from before.
    await poll(async () => (await s3.requests()).some(({ status }) => status === 200), {
      what: 'the answer to the last listing',
    });
    await waitForRows(driver, (shown) => shown.includes('object-10.txt') && shown.includes('Load more...'));
  });
});
