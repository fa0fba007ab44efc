/**
 * A process that waits for a line, then requests the credentials of profile `p` and prints their access key
 * ID, or the error. It stands in for another window, as the SDK tracks running renewals per process.
 */
import { once } from 'node:events';
import { connect } from '../../../src/core/connection/connect.js';

const connection = await connect({ kind: 'profile', name: 'p' }, { version: '0.0.0', env: process.env });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const answer = await connection.identity().then(
  ({ keys }) => keys.accessKeyId,
  (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
);
process.stdout.write(`${answer}\n`);
connection.dispose();
process.stdin.destroy();
