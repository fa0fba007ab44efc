import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Connection } from '../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../src/core/connection/serviceSettings.js';
import { formatList } from '../../src/core/links/lists/formats.js';
import { selectedKeys } from '../../src/core/links/lists/selection.js';
import { signMany } from '../../src/core/links/signMany.js';
import { startStrictS3 } from '../servers/strictS3/server.js';
import { alice } from '../support/identities.js';
import { median } from '../support/median.js';

// Measures many links at once: speed compared with a loop of getSignedUrl, how long the event loop is
// blocked, and the memory used when they are written to a file. The same for a listed folder with keys of
// 1,000 bytes.

const linkCount = 100_000;
const pageSize = 1000;

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

function* pages(count: number): Generator<readonly string[]> {
  for (let start = 0; start < count; start += pageSize)
    yield Array.from(
      { length: Math.min(pageSize, count - start) },
      (_, index) => `folder/object ${start + index}.pdf`,
    );
}

const links = (count: number) =>
  signMany(connection, { kind: 'get', bucket: 'bench', expiresInSeconds: 3600 }, { keys: pages(count) });

/** Links per second. */
async function measure(count: number, work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const many = (count: number) =>
  measure(count, async () => {
    let made = 0;
    for await (const batch of links(count)) made += batch.length;
    if (made !== count) throw new Error(`${made} links were made.`);
  });

const loop = (count: number) =>
  measure(count, async () => {
    for (let index = 0; index < count; index += 1) {
      const command = new GetObjectCommand({ Bucket: 'bench', Key: `folder/object ${index}.pdf` });
      await getSignedUrl(client, command, { expiresIn: 3600 });
    }
  });

async function measureSpeed(): Promise<string> {
  const rounds: { many: number; loop: number }[] = [];
  for (let round = 0; round < 12; round += 1) {
    // In turns, so that a busy machine is busy for both. The first rounds warm up.
    const measured = { many: await many(10_000), loop: await loop(1000) };
    if (round >= 2) rounds.push(measured);
  }
  const ratio = median(rounds.map((round) => round.many / round.loop));
  const [manyRate, loopRate] = [
    median(rounds.map((round) => round.many)),
    median(rounds.map((round) => round.loop)),
  ];
  return `many links: Signpost / loop of getSignedUrl = ${ratio.toFixed(1)} (${manyRate.toFixed(0)} / ${loopRate.toFixed(0)} links/s)`;
}

interface Longest {
  readonly wallMs: number;
  /** CPU time of this process: other programs may use the processor in between. */
  readonly cpuMs: number;
}

function clocks(): Longest {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
}

/** Beats with every turn of the event loop; stopping it returns the longest times between two beats. */
function startHeart(onBeat: () => void): () => Longest {
  let longest: Longest = { wallMs: 0, cpuMs: 0 };
  let last = clocks();
  let isBeating = true;
  const beat = () => {
    const now = clocks();
    longest = {
      wallMs: Math.max(longest.wallMs, now.wallMs - last.wallMs),
      cpuMs: Math.max(longest.cpuMs, now.cpuMs - last.cpuMs),
    };
    onBeat();
    last = clocks();
    if (isBeating) setImmediate(beat);
  };
  setImmediate(beat);
  return () => {
    isBeating = false;
    return longest;
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

async function writeList(folder: string, count: number): Promise<void> {
  const text = formatList('csv', links(count), { bucket: 'bench', base: 'folder/' });
  await pipeline(Readable.from(text), createWriteStream(join(folder, 'links.csv')));
}

async function measureFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'));
  try {
    await writeList(folder, 10_000);
    const before = heapBytes();
    let peak = before;
    let beats = 0;
    const stop = startHeart(() => {
      beats += 1;
      // Live memory is known only after a collection, whose time does not count for the links.
      if (beats % 500 === 0) peak = Math.max(peak, heapBytes());
    });
    const rate = await measure(linkCount, () => writeList(folder, linkCount));
    const { wallMs, cpuMs } = stop();
    const mebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
    return `${linkCount} links into a file: ${rate.toFixed(0)} links/s, longest block ${wallMs.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of own work), heap ${mebibytes(peak - before)} MiB above its start at the most, ${mebibytes(heapBytes() - before)} MiB after`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const listedKeys = 10_000;

/** Prints its address, and serves until its input ends. */
async function serve(): Promise<void> {
  const server = await startStrictS3({ credentials: [alice] });
  server.createBucket('bench');
  for (let index = 0; index < listedKeys; index += 1)
    server.putObject('bench', `${'long name, '.repeat(90)}${index}`, '');
  console.log(server.endpoint);
  process.stdin.resume().once('end', () => void server.close());
}

/** The server runs in another process, so that its work does not count. */
async function measureListing(): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const endpoint = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    }),
  );
  const settings = resolveServiceSettings(undefined, {
    services: new Map(),
    env: { AWS_ENDPOINT_URL: endpoint },
  });
  const listing = new Connection({ kind: 'environment' }, settings, {
    credentials: () => Promise.resolve(alice),
    version: '0.0.0',
  });
  const makeAll = async () => {
    const selection = { bucket: 'bench', keys: [], prefixes: [''] };
    const keys = selectedKeys(listing, selection, new AbortController().signal);
    const request = { kind: 'get', bucket: 'bench', expiresInSeconds: 3600 } as const;
    let made = 0;
    for await (const batch of signMany(listing, request, { keys })) made += batch.length;
    if (made !== listedKeys) throw new Error(`${made} links were made.`);
  };
  await makeAll();
  const stop = startHeart(() => undefined);
  const rate = await measure(listedKeys, makeAll);
  const { wallMs, cpuMs } = stop();
  listing.dispose();
  child.stdin.end();
  return `${listedKeys} links to keys of 1,000 bytes, listed: ${rate.toFixed(0)} links/s, longest block ${wallMs.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of own work)`;
}

if (process.argv[2] === 'serve') await serve();
else {
  console.log(await measureSpeed());
  console.log(await measureFile());
  console.log(await measureListing());
  connection.dispose();
}
