import assert from 'node:assert/strict';
import { identities } from '../host/s3/identities.js';
import { findLeaks } from './support/leaks.js';
import { linksHandedOut } from './support/links.js';
import { driverFor } from './support/window.js';

describe('the search for leaks', () => {
  const { secretAccessKey, sessionToken } = identities.temporary;

  it('finds what is planted', () => {
    const [link] = linksHandedOut();
    assert.ok(link !== undefined, 'no link was copied before');
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

  it('finds nothing where nothing is', () => {
    assert.deepEqual(findLeaks('GET link copied; https://host/docs/hello.txt?[redacted]'), []);
  });
});

// The last suite of all: what every other one made the extension write is there.
describe('after everything that was done', () => {
  it('the logs hold no secret', async function () {
    const text = await driverFor(this).logText();
    assert.ok(text.includes('GET link made'), 'there is no log of Signpost');
    assert.ok(text.includes('signpost.copyPresignedGetUrl failed'), 'no failure was logged');
    assert.ok(text.includes('listing failed'), 'no failed listing was logged');
    assert.deepEqual(findLeaks(text), []);
  });

  it('nothing that is remembered holds a secret', async function () {
    const text = await driverFor(this).storedState();
    // Not by assert.match, which would print all that is stored.
    assert.ok(text.includes('expirySeconds'), 'no expiry is stored');
    assert.ok(/recentLinks.*endsAtMs/.test(text), 'no recent link is stored');
    assert.deepEqual(findLeaks(text), []);
  });
});
