import assert from 'node:assert/strict';
import { executionAsyncResource } from 'node:async_hooks';
import { listPage } from '../../../../src/core/storage/listing.js';
import { useServer } from '../../../support/server.js';

/** The number of context stores that Node passes on in each asynchronous step, which every step pays for. */
async function handedOn(): Promise<number> {
  await Promise.resolve();
  return Object.getOwnPropertySymbols(executionAsyncResource()).length;
}

describe('closed connections', () => {
  const use = useServer();

  it('do not slow down anything after them', async () => {
    const listOnce = async () => {
      const connection = await use.connect();
      await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      connection.dispose();
    };
    await listOnce();
    const before = await handedOn();
    for (let count = 0; count < 10; count += 1) await listOnce();
    assert.equal(await handedOn(), before);
  });
});
