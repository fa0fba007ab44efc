import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { startService, type ServiceAnswer } from '../../../servers/aws/service.js';
import { useCredentialSources } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { poll } from '../../../support/poll.js';
import { must, rejection } from '../../../support/values.js';

const role = { role_arn: 'arn:aws:iam::123456789012:role/r', source_profile: 'base', services: 'local' };
/** The refusal of STS. Source: AWS STS API Reference, "Common Errors". */
const throttled: ServiceAnswer = {
  status: 400,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>1</RequestId></ErrorResponse>',
};
const down: ServiceAnswer = { status: 503, body: '' };

/** STS and the SSO portal as one service with the same answer to everything. */
function useService() {
  const use = useCredentialSources();
  const open = async (answer: () => ServiceAnswer | undefined) => {
    const service = await use.start(startService(answer));
    const cache = join(use.aws.folder, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: 'access', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    writeFileSync(join(cache, `${createHash('sha1').update('s').digest('hex')}.json`), JSON.stringify(token));
    use.configure({
      'profile role': role,
      'profile sso': {
        sso_session: 's',
        sso_account_id: '123456789012',
        sso_role_name: 'r',
        services: 'local',
      },
      'sso-session s': { sso_region: 'eu-west-1', sso_start_url: 'https://signpost.awsapps.com/start' },
      'profile base': keySettings(alice),
      'services local': { sts: { endpoint_url: service.endpoint }, sso: { endpoint_url: service.endpoint } },
    });
    return service;
  };
  return { use, open };
}

describe('requests for credentials', () => {
  const { use, open } = useService();

  for (const name of ['role', 'sso']) {
    it(`name Signpost, and are tried as often as those of the connection: ${name}`, async () => {
      const service = await open(() => down);
      const limits = { attempts: 2, pauseMs: 1, totalMs: 30_000 };
      const connection = await use.connect({ kind: 'profile', name }, { retryLimits: limits });
      await rejection(connection.identity());
      assert.equal(service.requests.length, 2);
      for (const { headers } of service.requests) {
        assert.match(must(headers.get('user-agent')), /\bsignpost\/0\.0\.0\b/);
      }
    });

    it(`are retried when the service is throttling: ${name}`, async () => {
      const service = await open(() => (name === 'sso' ? { status: 429, body: '{}' } : throttled));
      const limits = { attempts: 3, pauseMs: 1, totalMs: 30_000 };
      const connection = await use.connect({ kind: 'profile', name }, { retryLimits: limits });
      await rejection(connection.identity());
      assert.equal(service.requests.length, 3);
    });

    it(`announce their retries like those of the connection: ${name}`, async () => {
      await open(() => down);
      const limits = { attempts: 3, pauseMs: 1, totalMs: 30_000 };
      const connection = await use.connect({ kind: 'profile', name }, { retryLimits: limits });
      const told: number[] = [];
      const listing = connection.withRetryListener(
        ({ attempt }) => told.push(attempt),
        () => listBuckets(connection),
      );
      await rejection(listing);
      assert.deepEqual(told, [2, 3]);
    });

    it(`end with the connection, even while waiting for a retry: ${name}`, async () => {
      const service = await open(() => down);
      const limits = { attempts: 3, pauseMs: 60_000, totalMs: 300_000 };
      const connection = await use.connect({ kind: 'profile', name }, { retryLimits: limits });
      const failed = rejection(connection.identity());
      await poll(() => service.requests.length > 0, { what: 'the first request' });
      connection.dispose();
      await failed;
      assert.equal(service.requests.length, 1);
    });
  }
});
