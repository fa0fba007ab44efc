import assert from 'node:assert/strict';
import {
  Attempts,
  defaultRetryLimits,
  pauseBefore,
  retryReason,
  withRetries,
  type RetryNotice,
} from '../../../src/core/async/retry.js';
import {
  ConnectTimeoutError,
  retryLimits,
  SilentServerError,
} from '../../../src/core/connection/requests/limits.js';
import { LinkRefusedError } from '../../../src/core/transfer/refusals/linkRefusedError.js';

const coded = (code: string) => Object.assign(new Error('failed'), { code });
const status = (httpStatusCode: number) =>
  Object.assign(new Error('failed'), { $metadata: { httpStatusCode } });
const fetchFailed = (code: string) => new TypeError('fetch failed', { cause: coded(code) });
const refused = (code: number) =>
  new LinkRefusedError({ status: code, code: '', reason: '', headersNotSigned: undefined, details: {} });
const limits = { connectMs: 1, silenceMs: 1 };

describe('retryReason', () => {
  const rows: readonly (readonly [string, unknown, 'busy' | 'dropped' | undefined])[] = [
    ['500', status(500), 'busy'],
    ['502', status(502), 'busy'],
    ['504', status(504), 'busy'],
    ['429', status(429), 'busy'],
    ['501', status(501), undefined],
    ['403', status(403), undefined],
    ['a link refused with 503', refused(503), 'busy'],
    ['a link refused with 403', refused(403), undefined],
    ['a link refused with 412', refused(412), undefined],
    ['a reset connection', coded('ECONNRESET'), 'dropped'],
    ['a fetch over a reset connection', fetchFailed('ECONNRESET'), 'dropped'],
    ['a fetch over a closed connection', fetchFailed('UND_ERR_SOCKET'), 'dropped'],
    ['a host that does not exist', fetchFailed('ENOTFOUND'), undefined],
    ['a port that refuses connections', fetchFailed('ECONNREFUSED'), undefined],
    ['a connection that timed out', new ConnectTimeoutError(limits), undefined],
    ['a silent server', new SilentServerError(limits), undefined],
    ['a cancelled request', new DOMException('off', 'AbortError'), undefined],
    ['not an error', 'text', undefined],
  ];
  for (const [what, error, reason] of rows) {
    it(`${what}: ${reason ?? 'none'}`, () => {
      assert.equal(retryReason(error), reason);
    });
  }
});

describe('pauseBefore', () => {
  const limit = { attempts: 9, pauseMs: 1000, totalMs: 1 };

  it('doubles, up to five seconds', () => {
    assert.deepEqual(
      [2, 3, 4, 5, 6].map((attempt) => pauseBefore(attempt, limit, () => 1)),
      [1000, 2000, 4000, 5000, 5000],
    );
  });

  it('is at least half of that', () => {
    assert.equal(
      pauseBefore(3, limit, () => 0),
      1000,
    );
  });
});

describe('Attempts', () => {
  it('allows as many attempts as the limit, including the first', () => {
    const attempts = new Attempts({ attempts: 3, pauseMs: 1, totalMs: 60_000 });
    assert.deepEqual([attempts.next(0), attempts.next(0), attempts.next(0)], [2, 3, undefined]);
  });

  it('allows no attempt that would begin after the time limit', () => {
    const attempts = new Attempts({ attempts: 3, pauseMs: 1, totalMs: 60_000 });
    assert.equal(attempts.next(60_000), undefined);
    assert.equal(attempts.next(0), 2);
  });
});

const few = { attempts: 3, pauseMs: 1, totalMs: 60_000 };
const dropped = coded('ECONNRESET');

describe('withRetries', () => {
  const { signal } = new AbortController();

  /** The error or result, the number of attempts, and the notices the listener got. */
  async function outcomeOf(failures: readonly Error[], options: { readonly totalMs?: number } = {}) {
    const notices: RetryNotice[] = [];
    let tried = 0;
    const attempt = () => {
      const failure = failures[tried];
      tried += 1;
      return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
    };
    const onRetry = (notice: RetryNotice) => notices.push(notice);
    const result = await withRetries({ limits: { ...few, ...options }, signal, onRetry }, attempt).catch(
      (error: unknown) => error,
    );
    return { result, tried, notices };
  }

  it('retries dropped and busy requests, announcing each retry', async () => {
    const { result, tried, notices } = await outcomeOf([dropped, status(503)]);
    assert.deepEqual([result, tried], ['done', 3]);
    assert.deepEqual(notices, [
      { attempt: 2, attempts: 3, reason: 'dropped' },
      { attempt: 3, attempts: 3, reason: 'busy' },
    ]);
  });

  it('throws the last error when the attempts are used up', async () => {
    const last = status(500);
    assert.deepEqual(await outcomeOf([dropped, dropped, last]).then(({ result }) => result), last);
  });

  it('does not retry what would fail again, or begin too late', async () => {
    assert.equal((await outcomeOf([status(403)])).tried, 1);
    assert.equal((await outcomeOf([dropped], { totalMs: 0 })).tried, 1);
  });
});

describe('withRetries that must not repeat its work', () => {
  it('throws the error of an attempt that is final, although it is temporary', async () => {
    const { signal } = new AbortController();
    let tried = 0;
    const work = withRetries({ limits: few, signal, onRetry: undefined, isFinal: () => tried === 2 }, () => {
      tried += 1;
      return Promise.reject(dropped);
    });
    await assert.rejects(work, dropped);
    assert.equal(tried, 2);
  });
});

describe('withRetries that is cancelled', () => {
  it('stops before the next attempt', async () => {
    const stop = new AbortController();
    let tried = 0;
    const onRetry = () => {
      stop.abort();
    };
    const work = withRetries({ limits: few, signal: stop.signal, onRetry }, () => {
      tried += 1;
      return Promise.reject(dropped);
    });
    await assert.rejects(work, { name: 'AbortError' });
    assert.equal(tried, 1);
  });
});

describe('retryLimits', () => {
  const profile = (maxAttempts: string) =>
    ({ name: 'p', kind: 'keys', settings: { max_attempts: maxAttempts } }) as const;

  it('are three attempts by default', () => {
    assert.equal(retryLimits(undefined, {}), defaultRetryLimits);
    assert.equal(defaultRetryLimits.attempts, 3);
  });

  it("prefer the environment's attempts to the profile's", () => {
    assert.equal(retryLimits(profile('4'), {}).attempts, 4);
    assert.equal(retryLimits(profile('4'), { AWS_MAX_ATTEMPTS: '2' }).attempts, 2);
  });

  it('stay between one and ten', () => {
    for (const [text, attempts] of [['0', 1] as const, ['99', 10] as const, ['many', 3] as const]) {
      assert.equal(retryLimits(profile(text), {}).attempts, attempts);
    }
  });
});
