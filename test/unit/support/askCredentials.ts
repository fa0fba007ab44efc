/**
 * A process that asks for the credentials of profile `p` when a line arrives, and prints who signs with them, or what
 * went wrong. Another window is another process: the SDK keeps in each of its own what it renews at that moment.
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
