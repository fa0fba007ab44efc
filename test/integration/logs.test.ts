import assert from 'node:assert/strict';
import { temporary } from '../support/identities.js';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { writtenV4 } from '../support/writtenLinks.js';
import { findLeaks } from './support/leaks.js';
import { askExpiry, copyLink, noteLinks } from './support/links.js';
import { objectRow } from './support/rows.js';
import { openView, selectProfile } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { copyPresignedGetUrl, clearRecentLinks } = commandIds;
const hello = objectRow('docs', 'hello.txt');

describe('the search for leaks', () => {
  const { secretAccessKey, sessionToken } = temporary;

  it('finds planted secrets', () => {
    const [link] = noteLinks([
      writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/in/planted.txt' }),
    ]);
    assert.ok(link !== undefined);
    const signature = link.searchParams.get('X-Amz-Signature') ?? '';
    const plants: Readonly<Record<string, string>> = {
      'a full link': link.href,
      'a signature': `signed with ${signature}.`,
      'a signature of a link': 'GET /docs?X-Amz-Signature=00',
      'the secret key of temporary': `"${secretAccessKey}"`,
      'the session token of temporary': encodeURIComponent(sessionToken),
      'a signed header': 'Authorization: AWS4-HMAC-SHA256 Credential=A',
    };
    for (const [what, text] of Object.entries(plants)) {
      assert.equal(findLeaks(`before ${text} after`).includes(what), true, what);
    }
  });

  it('finds nothing in clean text', () => {
    assert.deepEqual(findLeaks('Copied GET link; https://host/docs/hello.txt?[redacted]'), []);
  });
});

/** Does something that ends with these words in the log. Gives all logs. */
async function logAfter(driver: Driver, words: string, act: () => PromiseLike<unknown>): Promise<string> {
  const texts = async () => {
    const text = await driver.logText();
    return { text, count: text.split(words).length };
  };
  const { count: before } = await texts();
  await act();
  return poll(
    async () => {
      const { text, count } = await texts();
      return count > before && text;
    },
    { what: `the log to say "${words}"` },
  );
}

describe('the logs contain no secret', () => {
  it('of a link that was signed', async function () {
    const driver = driverFor(this);
    const text = await logAfter(driver, 'GET link created', () =>
      copyLink(driver, copyPresignedGetUrl, hello),
    );
    assert.deepEqual(findLeaks(text), []);
  });

  it('of a link that could not be signed', async function () {
    const driver = driverFor(this);
    await selectProfile('down');
    const text = await logAfter(driver, 'signpost.copyPresignedGetUrl failed', async () => {
      const { running } = await askExpiry(driver, copyPresignedGetUrl, hello);
      await driver.press('Enter');
      await running.ended;
    });
    assert.deepEqual(findLeaks(text), []);
  });

  it('of a listing that failed', async function () {
    await selectProfile('denied');
    assert.deepEqual(findLeaks(await logAfter(driverFor(this), 'listing failed', openView)), []);
  });
});

describe('the stored state', () => {
  it('contains the expiry and the options of a link, and no secret', async function () {
    const driver = driverFor(this);
    await startCommand(clearRecentLinks).ended;
    await copyLink(driver, copyPresignedGetUrl, hello);
    const text = await poll(
      async () => {
        const stored = await driver.storedState();
        return stored.includes('expirySeconds') && /recentLinks.*endsAtMs/.test(stored) && stored;
      },
      { what: 'the link to be stored' },
    );
    assert.deepEqual(findLeaks(text), []);
  });
});
