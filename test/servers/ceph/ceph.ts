import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { endProcesses } from './processes.js';

const run = promisify(execFile);

export interface CephOptions {
  /** Serves https as well, on `tlsEndpoint`. */
  readonly tls?: boolean;
  /** Knows the storage classes STANDARD_IA and GLACIER. */
  readonly storageClasses?: boolean;
  /** Lets the user assume `arn:aws:iam:::role/lab`. Every bad signature is AccessDenied then. */
  readonly sts?: boolean;
  /** Starts a second region, eu-west-1, on `secondRegionEndpoint`. */
  readonly secondRegion?: boolean;
}

export interface Ceph {
  /** For example `http://127.0.0.1:23456`; region us-east-1. */
  readonly endpoint: string;
  readonly tlsEndpoint: string | undefined;
  /** The PEM certificate of `tlsEndpoint`. */
  readonly certificate: string | undefined;
  readonly secondRegionEndpoint: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  close(): Promise<void>;
}

const accessKeyId = 'TESTACCESSKEY0000001';
const secretAccessKey = 'testSecretKey0000000000000000000000000001';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/**
 * A port with the next six free as well, below the range that outgoing connections use. The daemons find
 * theirs themselves, from ten above it on.
 */
async function findPorts(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = randomInt(20_000, 32_000);
    const free = await Promise.all(Array.from({ length: 7 }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('No free ports for Ceph');
}

/** The script is in the source tree, wherever the bundler put this module. */
function findScript(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The project folder was not found');
    folder = above;
  }
  return join(folder, 'test/servers/ceph/start.sh');
}

function environment(options: CephOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ACCESS_KEY: accessKeyId,
    SECRET_KEY: secretAccessKey,
    TLS: options.tls === true ? '1' : '',
    CLASSES: options.storageClasses === true ? '1' : '',
    STS: options.sts === true ? '1' : '',
    REGION2: options.secondRegion === true ? '1' : '',
  };
}

/**
 * Starts Ceph's object gateway with its storage in memory, on free ports of 127.0.0.1 and in a temporary
 * folder. Takes one to three seconds. Needs `installCeph` to have succeeded.
 * @throws Error if it does not start; nothing is left running then
 */
export async function startCeph(options: CephOptions = {}): Promise<Ceph> {
  const dir = await mkdtemp(join(tmpdir(), 'ceph-'));
  const close = async (): Promise<void> => {
    await endProcesses(dir);
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const port = await findPorts();
  try {
    await run('bash', [findScript(), dir, String(port)], { env: environment(options) });
  } catch (error) {
    await close();
    throw new Error('Ceph did not start', { cause: error });
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    tlsEndpoint: options.tls === true ? `https://127.0.0.1:${port + 6}` : undefined,
    certificate: options.tls === true ? await readFile(join(dir, 'tls.crt'), 'utf8') : undefined,
    secondRegionEndpoint: options.secondRegion === true ? `http://127.0.0.1:${port + 5}` : undefined,
    accessKeyId,
    secretAccessKey,
    close,
  };
}

export { installCeph } from './install.js';
