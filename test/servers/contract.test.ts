import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { useCeph } from './ceph/useCeph.js';
import { buckets } from './contract/buckets.js';
import type { Difference } from './contract/differences.js';
import { cephDifferences } from './contract/differences.js';
import { forms } from './contract/forms.js';
import { keys } from './contract/keys.js';
import { linkRefusals } from './contract/linkRefusals.js';
import { links } from './contract/links.js';
import { listing } from './contract/listing.js';
import { multipart } from './contract/multipart.js';
import { objects } from './contract/objects.js';
import { signedRequests } from './contract/signedRequests.js';
import type { Contract, Target } from './contract/target.js';
import { openScene } from './contract/target.js';
import { versions } from './contract/versions.js';
import { writes } from './contract/writes.js';
import type { StrictS3 } from './strictS3/server.js';
import { startStrictS3 } from './strictS3/server.js';

const chapters: Readonly<Record<string, Contract>> = {
  buckets,
  listing,
  objects,
  writes,
  keys,
  multipart,
  links,
  'refused links': linkRefusals,
  'signed requests': signedRequests,
  forms,
  versions,
};

type Differences = Readonly<Record<string, Difference | undefined>>;

/**
 * Whether a sentence failed for the reason in its row: by an assertion or an answer of the server, not by a
 * broken connection, and with the codes that the row names.
 */
function isTheDifference(error: unknown, { ceph }: Difference): boolean {
  assert.ok(error instanceof Error);
  const isAnswer = error instanceof assert.AssertionError || '$metadata' in error;
  assert.ok(isAnswer, `failed in another way: ${error.message}`);
  const told = inspect(error, { depth: 4 });
  for (const code of ceph.match(/\b(?:[A-Z][a-z]+(?:[A-Z][a-z]+)+|[45]\d\d)\b/g) ?? [])
    assert.ok(told.includes(code), `does not say ${code}`);
  return true;
}

/** A difference is itself a sentence: once the server keeps the contract, its row has to be removed. */
function declare(getTarget: () => Target, differences: Differences): void {
  for (const [chapter, contract] of Object.entries(chapters)) {
    describe(chapter, () => {
      for (const [name, run] of Object.entries(contract)) {
        const difference = differences[`${chapter}: ${name}`];
        if (difference === undefined) {
          it(name, async () => {
            await run(await openScene(getTarget()));
          });
        } else {
          it(`${name} - differs here: ${difference.ceph}`, async () => {
            const scene = await openScene(getTarget());
            await assert.rejects(run(scene), (error: unknown) => isTheDifference(error, difference));
          });
        }
      }
    });
  }
}

describe('S3 contract: strictS3', () => {
  const keyPair = { accessKeyId: 'AKIDCONTRACT00000001', secretAccessKey: 'contract/secret+key' };
  let server: StrictS3;
  before(async () => {
    server = await startStrictS3({ credentials: [keyPair] });
  });
  after(async () => {
    await server.close();
  });
  declare(() => ({ endpoint: server.endpoint, ...keyPair }), {});
});

describe('S3 contract: Ceph', () => {
  declare(useCeph({ storageClasses: true }), cephDifferences);
});

describe('S3 contract: the table of differences', () => {
  it('names only sentences of the contract', () => {
    const names = Object.entries(chapters).flatMap(([chapter, contract]) =>
      Object.keys(contract).map((name) => `${chapter}: ${name}`),
    );
    const unknown = Object.keys(cephDifferences).filter((name) => !names.includes(name));
    assert.deepEqual(unknown, []);
  });
});
