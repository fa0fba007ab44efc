import assert from 'node:assert/strict';
import { Connection } from '../../../src/core/connection/connection.js';
import type { AwsCredentialIdentity } from '../../../src/core/connection/credentials/identity.js';
import { resolveServiceSettings } from '../../../src/core/connection/serviceSettings.js';
import { CredentialsExpiredError } from '../../../src/core/links/lifetime.js';
import type { Link } from '../../../src/core/links/sign.js';
import { signMany } from '../../../src/core/links/signMany.js';
import { queryOf } from '../support/queries.js';
import { must, rejection } from '../../support/values.js';

const minuteMs = 60_000;
const request = { kind: 'get', bucket: 'docs', expiresInSeconds: 600 } as const;

interface Time {
  now: number;
}

/** Keys valid for half an hour from when they are obtained. After `times` requests there are no others. */
function openConnection(
  time: Time,
  times: number,
): { readonly connection: Connection; readonly ends: Map<string, number> } {
  const ends = new Map<string, number>();
  let last: AwsCredentialIdentity | undefined;
  const credentials = () => {
    if (last === undefined || ends.size < times) {
      const expiration = new Date(time.now + 30 * minuteMs);
      last = { accessKeyId: `KEY${ends.size + 1}`, secretAccessKey: 's', sessionToken: 't', expiration };
      ends.set(last.accessKeyId, expiration.getTime());
    }
    return Promise.resolve(last);
  };
  const settings = resolveServiceSettings(undefined, { services: new Map(), env: {} });
  const clock = () => new Date(time.now);
  const connection = new Connection({ kind: 'environment' }, settings, {
    credentials,
    version: '0.0.0',
    clock,
    monotonicMs: () => time.now,
  });
  connection.rememberRegion('docs', 'us-east-1');
  connection.clock.learn(clock().toUTCString(), clock());
  return { connection, ends };
}

/** Pages of one key each that take a while to arrive. */
function* slowKeys(time: Time, { pages, everyMs }: { readonly pages: number; readonly everyMs: number }) {
  for (let page = 0; page < pages; page += 1) {
    yield [`key-${page}`];
    time.now += everyMs;
  }
}

function signerOf({ url }: Link): string {
  return must((queryOf(url).get('X-Amz-Credential') ?? '').split('/')[0]);
}

describe('signMany over time', () => {
  const time: Time = { now: 0 };
  beforeEach(() => {
    time.now = Math.floor(Date.now() / 1000) * 1000;
  });

  it('gets other keys before the links would outlast them', async () => {
    const { connection, ends } = openConnection(time, Number.POSITIVE_INFINITY);
    const keys = slowKeys(time, { pages: 10, everyMs: 15 * minuteMs });
    const signers = new Set<string>();
    for await (const links of signMany(connection, request, { keys })) {
      for (const link of links) {
        signers.add(signerOf(link));
        // The page is signed before time moves on.
        assert.equal(link.expiresAt.getTime(), time.now + 600_000);
        assert.ok(link.expiresAt.getTime() <= must(ends.get(signerOf(link))));
      }
    }
    assert.ok(signers.size > 4, `${signers.size} signers`);
  });

  it('stops with the reason when keys expire and there are no others; earlier links state their true expiry', async () => {
    const { connection, ends } = openConnection(time, 1);
    const given: Link[] = [];
    const keys = slowKeys(time, { pages: 10, everyMs: 7 * minuteMs });
    const error = await rejection(
      (async () => {
        for await (const links of signMany(connection, request, { keys })) given.push(...links);
      })(),
    );
    assert.ok(error instanceof CredentialsExpiredError);
    assert.deepEqual(
      given.map(({ validSeconds }) => validSeconds / 60),
      [10, 10, 10, 9, 2],
    );
    assert.equal(must(given.at(-1)).limit, 'credentials');
    assert.equal(must(given.at(-1)).expiresAt.getTime(), must(ends.get('KEY1')));
  });

  it('signs short links from the time they are made', async () => {
    const { connection } = openConnection(time, 1);
    const short = { ...request, expiresInSeconds: 20 };
    const keys = slowKeys(time, { pages: 30, everyMs: 1000 });
    for await (const links of signMany(connection, short, { keys })) {
      for (const { expiresAt } of links) assert.ok(expiresAt.getTime() - time.now > 17_000);
    }
  });
});

describe('signMany while others wait', () => {
  const time: Time = { now: Math.floor(Date.now() / 1000) * 1000 };
  const keys = [Array.from({ length: 5000 }, (_, index) => `key-${index}`)];

  it('stops when it is cancelled', async () => {
    const { connection } = openConnection(time, 1);
    const abort = new AbortController();
    let count = 0;
    const error = await rejection(
      (async () => {
        for await (const links of signMany(connection, request, { keys, signal: abort.signal })) {
          count += links.length;
          if (count >= 1000) abort.abort();
        }
      })(),
    );
    assert.equal(error.name, 'AbortError');
    assert.ok(count >= 1000 && count < 1500, String(count));
  });

  it('lets others run between the batches', async () => {
    const { connection } = openConnection(time, 1);
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    let count = 0;
    for await (const links of signMany(connection, request, { keys })) count += links.length;
    isDone = true;
    assert.equal(count, 5000);
    assert.ok(turns >= 40, `${turns} turns`);
  });
});
