import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { copyLink } from './support/links.js';
import { clearMessages, listMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { driverFor } from './support/window.js';

const { copyGetLink, copyPutLink, testLink } = commandIds;

/** What is said of the link on the clipboard, with what came to the server. */
async function tested(driver: Driver, url: string, wanted: string) {
  await clearMessages(driver);
  await env.clipboard.writeText(url);
  const s3 = connectS3();
  await s3.clearRequests();
  await commands.executeCommand(testLink);
  const { message, buttons } = await listMessages(driver, wanted);
  assert.equal(/X-Amz|https?:/i.test(message), false, 'a link is shown');
  const requests = (await s3.requests()).map(({ method, status, presigned }) => [method, status, presigned]);
  return { message, buttons, requests };
}

describe('testing a link', () => {
  it('asks a GET link for its first byte', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyGetLink, objectRow('docs', 'hello.txt'));
    const { message, requests } = await tested(driver, href, 'works');
    assert.match(message, /^The link to s3:\/\/docs\/hello\.txt works: 5 B, .+\. It ends .+\.$/);
    assert.deepEqual(requests, [['GET', 206, true]]);
  });

  it('says why S3 refuses one', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyGetLink, objectRow('docs', 'hello.txt'));
    const { message, buttons, requests } = await tested(driver, `${href}&utm_source=mail`, 'parameters');
    assert.match(message, /S3 does not know \(utm_source\)/);
    assert.deepEqual(buttons, ['Retry']);
    assert.deepEqual(requests, [['GET', 403, true]]);
  });

  it('says what a PUT link takes, and sends nothing', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPutLink, objectRow('docs', 'never.txt'));
    const { message, buttons, requests } = await tested(driver, href, 'nothing was sent');
    assert.deepEqual(buttons, ['Upload Through It...']);
    assert.match(message, /s3:\/\/docs\/never\.txt.* It takes PUT/);
    assert.deepEqual(requests, []);
  });
});
