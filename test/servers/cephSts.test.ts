import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { after, describe, it } from 'mocha';
import { connect } from '../../src/core/connection/connect.js';
import type { Connection } from '../../src/core/connection/connection.js';
import { signLink } from '../../src/core/links/sign.js';
import { listPage } from '../../src/core/storage/listing.js';
import type { Ceph } from './ceph/ceph.js';
import { useCeph } from './ceph/useCeph.js';

const profiles = ({ endpoint, accessKeyId, secretAccessKey }: Ceph) => `[profile base]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
endpoint_url = ${endpoint}
[profile lab]
role_arn = arn:aws:iam:::role/lab
source_profile = base
duration_seconds = 900
endpoint_url = ${endpoint}
`;

/** Ceph with its STS, and separate AWS files that point to it. */
function useSts(): { readonly connectTo: (profile: string) => Promise<Connection> } {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-sts-'));
  const environment = { ...process.env };
  const open: Connection[] = [];
  useCeph({ sts: true }, (ceph) => {
    const config = join(folder, 'config');
    writeFileSync(config, profiles(ceph));
    Object.assign(process.env, {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    });
  });
  after(() => {
    for (const connection of open) connection.dispose();
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, environment);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    connectTo: async (name) => {
      const connection = await connect({ kind: 'profile', name }, { env: {}, version: '0.0.0' });
      open.push(connection);
      return connection;
    },
  };
}

describe('AssumeRole by the STS of Ceph', function () {
  this.timeout(60_000);
  const { connectTo } = useSts();

  it('returns a session with a known expiry, which lists and signs', async () => {
    const started = Date.now();
    const base = await connectTo('base');
    await base.client().send(new CreateBucketCommand({ Bucket: 'lab' }));
    await base.client().send(new PutObjectCommand({ Bucket: 'lab', Key: 'a.txt', Body: 'hello' }));
    const lab = await connectTo('lab');
    const { keys, expiry } = await lab.identity();
    assert.ok(keys.sessionToken !== undefined);
    assert.ok(expiry.kind === 'at');
    assert.ok(Math.abs(expiry.at.getTime() - started - 900_000) < 30_000);
    const { objects } = await listPage(lab, { bucket: 'lab', prefix: '', pageSize: 10 });
    assert.deepEqual(
      objects.map(({ key }) => key),
      ['a.txt'],
    );
    const link = await signLink(lab, { kind: 'get', bucket: 'lab', key: 'a.txt', expiresInSeconds: 3600 });
    assert.equal(link.limit, 'credentials');
    assert.deepEqual(link.expiresAt, new Date(Math.floor(expiry.at.getTime() / 1000) * 1000));
    assert.equal(await (await fetch(link.url)).text(), 'hello');
  });
});
