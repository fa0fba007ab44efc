import assert from 'node:assert/strict';
import { CredentialsExpiredError } from '../../../src/core/links/lifetime.js';
import { signLink, type Link } from '../../../src/core/links/sign.js';
import { temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { queryOf } from '../support/queries.js';
import { rejection } from '../../support/values.js';

const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 3600 } as const;

/** A link signed with temporary keys whose expiry is stored with them in the file. */
async function signEnding(use: ServerUse, secondsLeft: number, shorten?: boolean): Promise<Link> {
  use.now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const settings = {
    ...keySettings(temporary),
    endpoint_url: use.server.endpoint,
    x_security_token_expires: new Date(use.now.getTime() + secondsLeft * 1000).toISOString(),
  };
  use.aws.write({ credentials: profileText('ending', settings) });
  return signLink(await use.connect('ending'), request, { now: use.now, shorten });
}

describe('signLink with credentials that expire', () => {
  const use = useServer();

  it('signs for no longer than they are valid, and says so', async () => {
    const link = await signEnding(use, 1800);
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), '1800');
    assert.deepEqual([link.validSeconds, link.limit], [1800, 'credentials']);
    assert.equal(link.expiresAt.getTime(), use.now.getTime() + 1_800_000);
  });

  it('signs for the requested time when shortening is off, and still states the true expiry', async () => {
    const link = await signEnding(use, 1800, false);
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), '3600');
    assert.deepEqual([link.validSeconds, link.limit], [1800, 'credentials']);
  });

  it('does not change a link that expires before them', async () => {
    const link = await signEnding(use, 7200);
    assert.deepEqual([link.validSeconds, link.limit], [3600, 'none']);
  });

  it('refuses expired credentials', async () => {
    assert.ok((await rejection(signEnding(use, -10))) instanceof CredentialsExpiredError);
  });

  it('reports an unknown expiry', async () => {
    const link = await signLink(await use.connect('temporary'), request);
    assert.deepEqual([link.validSeconds, link.limit], [3600, 'unknown']);
  });

  it('reports no limit for long-term keys', async () => {
    assert.equal((await signLink(await use.connect('alice'), request)).limit, 'none');
  });
});

describe('signLink with a clock that differs from the server', () => {
  const use = useServer();

  for (const hours of [-5, 5]) {
    it(`signs by the server's clock, ${hours} hours off, once an answer has revealed it`, async () => {
      use.server.putObject('docs', 'a', 'hello');
      use.now = new Date(Date.now() + hours * 3_600_000);
      const link = await signLink(await use.connect(), { ...request, expiresInSeconds: 60 });
      assert.equal((await fetch(link.url)).status, 200);
    });
  }
});
