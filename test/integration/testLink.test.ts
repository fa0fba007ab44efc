import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { copyLink } from './support/links.js';
import { clearMessages, hideMessages, listMessages, shownMessages } from './support/notifications.js';
import { dropTexts, openText } from './support/openText.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { selectProfile } from './support/view.js';
import { driverFor } from './support/window.js';

const { copyPresignedGetUrl, copyPresignedPutUrl, testLink } = commandIds;

/** The message about the link on the clipboard, and the requests the server got. */
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
  it('requests the first byte of a GET link', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
    const { message, requests } = await tested(driver, href, 'works');
    assert.match(message, /^The link to s3:\/\/docs\/hello\.txt works: 5 B, .+\. It expires at .+\.$/);
    assert.deepEqual(requests, [['GET', 206, true]]);
  });

  it('reports why S3 refuses one', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
    const { message, buttons, requests } = await tested(driver, `${href}&utm_source=mail`, 'Parameters');
    assert.match(message, /S3 does not know \(utm_source\)/);
    assert.deepEqual(buttons, ['Retry']);
    assert.deepEqual(requests, [['GET', 403, true]]);
  });

  it('says what a PUT link accepts, and sends nothing', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPresignedPutUrl, objectRow('docs', 'never.txt'));
    const { message, buttons, requests } = await tested(driver, href, 'was not tested');
    assert.deepEqual(buttons, ['Upload a File...']);
    assert.match(message, /s3:\/\/docs\/never\.txt.* It accepts PUT/);
    assert.deepEqual(requests, []);
  });
});

describe('testing a link that uploads', () => {
  afterEach(dropTexts);

  it('uses the selected link, not the clipboard', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const { href } = await copyLink(driver, copyPresignedPutUrl, objectRow('docs', 'in/tested.txt'));
    await openText(`curl -T a '${href}'`, { select: href });
    const { buttons } = await tested(driver, 'no link', 'was not tested');
    assert.deepEqual(buttons, ['Upload a File...']);
    await driver.clickNotificationButton('Upload a File...');
    // Any file will do, and no link is asked for: it is selected. Tests do not show the final dialog.
    await driver.waitForQuickInput(({ title }) => title === 'Upload File');
    await hideMessages();
    await driver.press('Escape');
    await driver.waitForNoQuickInput();
    assert.deepEqual(await s3.requests(), []);
  });
});

describe('testing a link, whichever profile is selected', () => {
  afterEach(() => {
    delete process.env.AWS_CA_BUNDLE;
  });

  it('can be retried after another profile was selected', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
    const { requests } = await tested(driver, `${href}&utm_source=mail`, 'Parameters');
    assert.equal(requests.length, 1);
    await selectProfile('keyless');
    await commands.executeCommand('notifications.showList');
    await driver.clickNotificationButton('Retry');
    await listMessages(driver, 'Parameters');
    const said = (await shownMessages(driver)).map(({ message }) => message);
    assert.equal(
      said.some((message) => message.includes('selected profile changed')),
      false,
      'it is bound to the profile',
    );
  });

  it('uses AWS_CA_BUNDLE', async function () {
    const driver = driverFor(this);
    const { href } = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
    process.env.AWS_CA_BUNDLE = 'authorities.pem';
    const { message } = await tested(driver, href, 'CA bundle');
    assert.match(message, /^The path of the CA bundle "authorities\.pem" is not absolute\./);
  });
});
