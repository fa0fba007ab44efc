import { connect, type ConnectOptions } from '../../src/core/connection/connect.js';
import type { Connection } from '../../src/core/connection/connection.js';
import type { Link, LinkRequest } from '../../src/core/links/sign.js';
import { signLink } from '../../src/core/links/sign.js';
import { startStrictS3, type StrictS3 } from '../servers/strictS3/server.js';
import { useAwsFiles, type TemporaryAwsFiles } from './awsFiles.js';
import { keySettings, profileText } from './awsSettings.js';
import { alice, expired, mallory, temporary } from './identities.js';

/** The identities that the server knows, by the names of their profiles. */
const everyone = { alice, mallory, temporary, expired } as const;

export interface ServerUse {
  readonly server: StrictS3;
  readonly aws: TemporaryAwsFiles;
  /** The server's time. */
  now: Date;
  /** Makes requests of an operation hang; resolves when the first one has arrived. */
  hang(operation: string): Promise<void>;
  /** Opens a connection as the extension does, for a profile of the AWS files. Closed after the test. */
  connect(profile?: string, options?: Partial<ConnectOptions>): Promise<Connection>;
  /** Opens a connection, makes one link and closes it. */
  sign(request: LinkRequest, profile?: string): Promise<Link>;
}

/** One profile for each of `everyone`, all at the endpoint. */
export function profilesAt(endpoint: string): string {
  return Object.entries(everyone)
    .map(([name, credential]) => profileText(name, { ...keySettings(credential), endpoint_url: endpoint }))
    .join('\n');
}

/**
 * Starts a separate server for every test, with the buckets `docs` (us-east-1) and `eu-docs` (eu-central-1).
 */
export function useServer(): ServerUse {
  const aws = useAwsFiles();
  const open: Connection[] = [];
  let running: StrictS3 | undefined;
  let time: Date | undefined;
  beforeEach(async () => {
    time = undefined;
    running = await startStrictS3({ credentials: Object.values(everyone), clock: () => time ?? new Date() });
    running.createBucket('docs');
    running.createBucket('eu-docs', { region: 'eu-central-1' });
    aws.write({ credentials: profilesAt(running.endpoint) });
  });
  afterEach(async () => {
    for (const connection of open.splice(0)) connection.dispose();
    await running?.close();
    running = undefined;
  });
  const use: ServerUse = {
    aws,
    get server() {
      if (running === undefined) throw new Error('the server runs within a test only');
      return running;
    },
    get now() {
      return time ?? new Date();
    },
    set now(moment) {
      time = moment;
    },
    hang(operation) {
      return new Promise((resolve) => {
        use.server.setFault((request) => {
          if (request.operation !== operation) return undefined;
          resolve();
          return { kind: 'hang' };
        });
      });
    },
    async connect(name = 'alice', options = {}) {
      const env = { AWS_MAX_ATTEMPTS: process.env.AWS_MAX_ATTEMPTS };
      const connection = await connect({ kind: 'profile', name }, { env, version: '0.0.0', ...options });
      open.push(connection);
      return connection;
    },
    async sign(request, profile) {
      return signLink(await use.connect(profile), request, { now: use.now });
    },
  };
  return use;
}
