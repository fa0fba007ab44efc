import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { poll } from '../support/poll.js';
import { connectS3 } from './support/s3.js';
import { optionsOf, tokenFile, useSignIn, waitForSignInRow, writeToken } from './support/signIns.js';
import { signInItem, statusText, waitForStatus } from './support/statusBar.js';
import { waitForRows } from './support/view.js';
import { driverFor } from './support/window.js';

for (const [what, place] of [
  ['its row', '.part.sidebar .monaco-list-row'],
  ['the status bar', signInItem],
] as const) {
  describe(`a sign-in in another program, when the user clicks ${what}`, () => {
    const opened = useSignIn('portal');

    it('opens no terminal, and lists', async function () {
      const driver = driverFor(this);
      await waitForSignInRow(driver, 'portal');
      await waitForStatus(driver, /^S3: Sign In$/);
      writeToken();
      await driver.click(place);
      await waitForRows(driver, (names) => names.includes('docs'));
      await waitForStatus(driver, /^S3: (59 minutes|1 hour)$/);
      assert.equal(opened.length, 0, 'a terminal was opened');
    });
  });
}

describe('keys of a sign-in that expire while idle', () => {
  const opened = useSignIn('portal');
  const s3 = connectS3();
  after(() => s3.setSignInLife(3600));

  it('make the status bar offer a sign-in, which works', async function () {
    const driver = driverFor(this);
    await waitForSignInRow(driver, 'portal');
    await s3.setSignInLife(5);
    writeToken();
    await driver.click(signInItem);
    await waitForRows(driver, (names) => names.includes('docs'));
    await waitForStatus(driver, /^S3: \d seconds?$/);
    await rm(tokenFile);
    await s3.clearRequests();
    await poll(async () => (await statusText(driver)) === 'S3: Sign In', {
      what: 'the status bar to show that the keys expired',
    });
    assert.deepEqual(await s3.requests(), [], 'a request was sent to S3');
    assert.equal(opened.length, 0);
    await s3.setSignInLife(3600);
    await driver.click(signInItem);
    const terminal = await poll(() => opened.at(-1), { what: 'a terminal' });
    assert.deepEqual(optionsOf(terminal).shellArgs, ['sso', 'login', '--profile', 'portal']);
    writeToken();
    await waitForStatus(driver, /^S3: (59 minutes|1 hour)$/);
    await waitForRows(driver, (names) => names.includes('docs'));
  });
});
