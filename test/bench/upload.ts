import { spawn } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../src/core/connection/serviceSettings.js';
import { signLink } from '../../src/core/links/sign.js';
import { uploadThroughLink } from '../../src/core/transfer/uploadThroughLink.js';
import { startStrictS3 } from '../servers/strictS3/server.js';

// What uploading a file of 1 GiB adds to the memory of the process that does it, against a file of 1 MiB.

const credentials = { accessKeyId: 'AKIASIGNPOSTBENCH001', secretAccessKey: 'bench-secret' };
const MiB = 1024 * 1024;

/** Runs in a process of its own: the server's memory is not to be counted. */
async function upload(
  endpoint: string,
  { path, sizeBytes }: { path: string; sizeBytes: number },
): Promise<number> {
  const env = { AWS_ENDPOINT_URL: endpoint };
  const settings = resolveServiceSettings(undefined, { services: new Map(), env });
  const connection = new Connection({ kind: 'environment' }, settings, {
    credentials: () => Promise.resolve(credentials),
    version: '0.0.0',
  });
  const request = { bucket: 'bench', key: 'big.bin', kind: 'put', expiresInSeconds: 900 } as const;
  const link = await signLink(connection, request, { now: new Date() });
  const before = process.memoryUsage().rss;
  let peak = before;
  await uploadThroughLink(
    link,
    { kind: 'file', path, sizeBytes },
    {
      signal: new AbortController().signal,
      onProgress: () => {
        peak = Math.max(peak, process.memoryUsage().rss);
      },
    },
  );
  connection.dispose();
  return (peak - before) / MiB;
}

async function measureApart(endpoint: string, sizeBytes: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'));
  const path = join(folder, 'file');
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), endpoint, path, String(sizeBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  await rm(folder, { recursive: true });
  return Number(output);
}

async function main(): Promise<void> {
  const server = await startStrictS3({ credentials: [credentials], discardBodies: true });
  server.createBucket('bench');
  const small = await measureApart(server.endpoint, MiB);
  const large = await measureApart(server.endpoint, 1024 * MiB);
  console.log(
    `memory added by an upload: 1 GiB ${large.toFixed(0)} MiB, 1 MiB ${small.toFixed(0)} MiB, ratio ${(large / small).toFixed(1)}`,
  );
  console.log(`memory added by 1 GiB / 100 MiB = ${(large / 100).toFixed(2)}`);
  await server.close();
}

const [endpoint, path, sizeBytes] = process.argv.slice(2);
if (endpoint !== undefined && path !== undefined)
  console.log(await upload(endpoint, { path, sizeBytes: Number(sizeBytes) }));
else await main();
