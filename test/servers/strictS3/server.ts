import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { FaultSwitch } from './faults.js';
import { RequestLog } from './log.js';
import type { ServerState } from './serve.js';
import { serve } from './serve.js';
import { Bucket, objectOf } from './store.js';
import type { StrictS3, StrictS3Options } from './types.js';

export type {
  FaultAnswer,
  FaultRequest,
  RequestRecord,
  StrictCredential,
  StrictS3,
  StrictS3Options,
} from './types.js';

function portOf(address: unknown): number {
  if (
    typeof address === 'object' &&
    address !== null &&
    'port' in address &&
    typeof address.port === 'number'
  ) {
    return address.port;
  }
  throw new Error('The server has no port');
}

function mustFind(state: ServerState, name: string): Bucket {
  const bucket = state.store.get(name);
  if (bucket === undefined) throw new Error(`There is no bucket ${name}; create it first`);
  return bucket;
}

function controls(state: ServerState): Omit<StrictS3, 'endpoint' | 'close' | 'requests' | 'linkSignatures'> {
  return {
    clearRequests: () => {
      state.log.clear();
    },
    createBucket: (name, options) => {
      state.store.set(name, new Bucket(name, options?.region ?? 'us-east-1', state.now()));
    },
    putObject: (bucket, key, body, options) => {
      mustFind(state, bucket).put(key, objectOf(body, state.now(), options));
    },
    getObject: (bucket, key) => state.store.get(bucket)?.objects.get(key),
    enableVersioning: (bucket) => {
      mustFind(state, bucket).enableVersions();
    },
    versionIds: (bucket, key) =>
      (mustFind(state, bucket).versions?.of(key) ?? []).map(({ versionId }) => versionId),
    allowOrigins: (bucket, ...origins) => {
      mustFind(state, bucket).allowedOrigins = origins;
    },
    keys: (bucket) => [...mustFind(state, bucket).keys()],
    setFault: (fault) => {
      state.faults.set(fault);
    },
    waitForRequest: (match, limitMs = 5000) => state.log.waitFor(match, limitMs),
  };
}

/**
 * Starts an in-memory S3 server on 127.0.0.1 that refuses what AWS refuses.
 * Sources of its behaviour: AWS's SigV4 and S3 API documentation, and the recorded answers in `recorded/`.
 */
export async function startStrictS3(options: StrictS3Options): Promise<StrictS3> {
  const state: ServerState = {
    options,
    store: new Map(),
    faults: new FaultSwitch(),
    log: new RequestLog(),
    now: options.clock ?? (() => new Date()),
  };
  const server = options.tls === undefined ? createHttpServer() : createHttpsServer(options.tls);
  // A hanging or slow request may take as long as its test wants.
  server.requestTimeout = 0;
  // Longer than a busy machine takes between two requests: tests count connections.
  server.keepAliveTimeout = 60_000;
  server.on('request', (message, response) => void serve(state, message, response, false));
  server.on('checkContinue', (message, response) => void serve(state, message, response, true));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    ...controls(state),
    endpoint: `${scheme}://127.0.0.1:${portOf(server.address())}`,
    get requests() {
      return state.log.records;
    },
    get linkSignatures() {
      return state.log.linkSignatures;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      state.faults.release();
      await closed;
    },
  };
}
