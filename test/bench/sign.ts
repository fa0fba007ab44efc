import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Connection } from '../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../src/core/connection/serviceSettings.js';
import { signLink } from '../../src/core/links/sign.js';
import { alice } from '../support/identities.js';
import { median } from '../support/median.js';

// Measures the cost of signing through Signpost, compared with a bare getSignedUrl with a ready client.

const connection = new Connection(
  { kind: 'environment' },
  resolveServiceSettings(undefined, { services: new Map(), env: {} }),
  {
    credentials: () => Promise.resolve(alice),
    version: '0.0.0',
  },
);
connection.rememberRegion('bench', 'us-east-1');
const client = connection.client('us-east-1');
const now = new Date();
const target = { bucket: 'bench', key: 'folder/some object.pdf' };

const bare = () =>
  getSignedUrl(client, new GetObjectCommand({ Bucket: target.bucket, Key: target.key }), {
    expiresIn: 3600,
    signingDate: now,
  });
const product = () => signLink(connection, { ...target, kind: 'get', expiresInSeconds: 3600 }, { now });

/** Microseconds for one call, over a round of calls. */
async function measure(sign: () => Promise<unknown>): Promise<number> {
  const calls = 500;
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) await sign();
  return Number(process.hrtime.bigint() - start) / 1000 / calls;
}

const rounds: { bare: number; product: number }[] = [];
for (let round = 0; round < 22; round += 1) {
  // Side by side and in turns, so that a busy machine is busy for both. The first rounds warm up.
  const measured = { bare: await measure(bare), product: await measure(product) };
  if (round >= 2) rounds.push(measured);
}
const ratio = median(rounds.map((round) => round.product / round.bare));
const [bareMicroseconds, productMicroseconds] = [
  median(rounds.map((round) => round.bare)),
  median(rounds.map((round) => round.product)),
];
console.log(
  `signing: Signpost / getSignedUrl = ${ratio.toFixed(2)} (${productMicroseconds.toFixed(0)} us / ${bareMicroseconds.toFixed(0)} us)`,
);
connection.dispose();
