import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_FOLDER_VARIABLE, BENCH_LINK_VARIABLE } from '../host/testOutput.js';
import { startStrictS3 } from '../servers/strictS3/server.js';
import { alice } from '../support/identities.js';
import { measureInHost } from './host/measureInHost.js';
import { uploadLink } from './host/uploadLink.js';

// Measures what uploading a file of 1 GiB adds to the memory of the extension host, compared with a file of 1
// MiB. The server runs outside, so that its memory does not count.

const MiB = 1024 * 1024;

const server = await startStrictS3({ credentials: [alice], discardBodies: true });
const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'));
try {
  server.createBucket('bench');
  for (const [name, sizeBytes] of [
    ['small', MiB],
    ['large', 1024 * MiB],
  ] as const) {
    await writeFile(join(folder, name), '');
    await truncate(join(folder, name), sizeBytes);
  }
  const link = await uploadLink(server.endpoint, alice);
  const env = { [BENCH_FOLDER_VARIABLE]: folder, [BENCH_LINK_VARIABLE]: JSON.stringify(link) };
  for (const line of await measureInHost({ name: 'uploadMemory', env })) console.log(line);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
