import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { useRawServer } from '../support/badServers.js';
import { collectGarbage } from '../support/garbage.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';
import { startOpening, clickRow, openRow } from './support/openRows.js';
import { bucketRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor } from './support/window.js';

const xml = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const bucketNames = ['fine', 'stalls'];
const listOfBuckets = xml(
  `<ListAllMyBucketsResult><Buckets>${bucketNames
    .map((name) => `<Bucket><Name>${name}</Name><BucketRegion>us-east-1</BucketRegion></Bucket>`)
    .join('')}</Buckets></ListAllMyBucketsResult>`,
);
const key = '<Contents><Key>twice.txt</Key><Size>1</Size></Contents>';
const listOfFine = xml(
  `<ListBucketResult><Name>fine</Name><IsTruncated>false</IsTruncated>${key}${key}</ListBucketResult>`,
);
/** Below the size at which Signpost gives up on a listing. */
const manyBytes = ' '.repeat(6 * 1024 * 1024);

/** Opens the bucket that answers, or opens it again. */
async function openFine(driver: Driver): Promise<void> {
  await openRow(bucketRow('fine'));
  await showsFine(driver);
}

const showsFine = (driver: Driver) =>
  waitForRows(driver, (names) => names.filter((name) => name === 'twice.txt').length === 1);

/** A profile with a bucket `fine`, which lists an object, and a bucket `stalls`. */
function useStallingProfile() {
  const startServer = useRawServer();
  const stalled = new Set<Socket>();
  let original = '';
  before(async () => {
    original = await readConfig();
  });
  afterEach(async function () {
    await writeFile(configPath(), original);
    await setSetting('silenceTimeoutSeconds', undefined);
  });

  function answer(socket: Socket): void {
    socket.on('data', (bytes) => {
      const [line = ''] = bytes.toString('latin1').split('\r\n', 1);
      if (line.includes('/stalls')) {
        stalled.add(socket);
        socket.once('close', () => stalled.delete(socket));
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n\r\n<?xml version="1.0"?><a>');
        socket.write(manyBytes);
      } else if (line.includes('/fine')) socket.write(listOfFine);
      else socket.write(listOfBuckets);
    });
  }

  return {
    closed: (connection: Socket, by: string) =>
      poll(() => !stalled.has(connection), { what: `the connection to be closed by ${by}`, limitMs: 10_000 }),
    allClosed: (by: string) =>
      poll(() => stalled.size === 0, { what: `every connection to be closed by ${by}`, limitMs: 10_000 }),
    openedAgain: () =>
      poll(() => stalled.size === 1, { what: 'another listing that stalls', limitMs: 10_000 }),
    /** Opens the row that stalls, then collects the host's garbage; gives the connection of its listing. */
    openStalled: async (driver: Driver): Promise<Socket> => {
      const server = await startServer(answer);
      const settings = { ...settingsOf(original, 'default'), endpoint_url: `http://${server.host}` };
      await writeFile(configPath(), withSection(original, 'profile stalling', settings));
      await openView();
      await selectProfile('stalling');
      await waitForRows(driver, (names) => names.join() === bucketNames.join());
      stalled.clear();
      await startOpening(driver, 'stalls');
      await poll(() => stalled.size > 0, { what: 'the listing that stalls' });
      await collectGarbage();
      const [connection, ...others] = stalled;
      assert.ok(connection !== undefined && others.length === 0, `${stalled.size} listings stall`);
      return connection;
    },
  };
}

describe('a bucket that stalls after many bytes', () => {
  const { closed, allClosed, openedAgain, openStalled } = useStallingProfile();

  it('is abandoned after the silence limit', async function () {
    const driver = driverFor(this);
    await setSetting('silenceTimeoutSeconds', 2);
    await openStalled(driver);
    await waitForRows(driver, (names) =>
      names.some((name) => name.startsWith('The server sent nothing for 2 seconds')),
    );
    await allClosed('the limit');
    await openFine(driver);
  });

  it('does not affect other rows, and is aborted by Refresh', async function () {
    const driver = driverFor(this);
    const connection = await openStalled(driver);
    await openFine(driver);
    // A second click closes it: rows seen later were listed later.
    await clickRow(driver, 'fine');
    await waitForRows(driver, (names) => names.join() === bucketNames.join());
    await collectGarbage();
    await commands.executeCommand(commandIds.refresh);
    await closed(connection, 'Refresh');
    // The row that stalls is open, so it is listed again once the rows are drawn.
    await openedAgain();
    await clickRow(driver, 'fine');
    await showsFine(driver);
  });

  it('is aborted when its row is refreshed, and when another profile is selected', async function () {
    const driver = driverFor(this);
    const connection = await openStalled(driver);
    await commands.executeCommand(commandIds.refreshRow, bucketRow('stalls'));
    await closed(connection, 'the refresh of its row');
    await collectGarbage();
    await selectProfile('default');
    await waitForRows(driver, (names) => names.includes('docs'));
    await allClosed('the change of the profile');
  });
});
