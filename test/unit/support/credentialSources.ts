import assert from 'node:assert/strict';
import { connect, type ConnectOptions } from '../../../src/core/connection/connect.js';
import type { Connection } from '../../../src/core/connection/connection.js';
import type { ConnectionSource } from '../../../src/core/connection/profiles/source.js';
import { signLink, type Link, type SignOptions } from '../../../src/core/links/sign.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { KeyIssuer } from '../../servers/aws/keys.js';
import type { AwsService } from '../../servers/aws/service.js';
import { startStrictS3, type StrictS3 } from '../../servers/strictS3/server.js';
import { useAwsFiles, type TemporaryAwsFiles } from '../../support/awsFiles.js';
import { profileText, type Settings } from '../../support/awsSettings.js';
import { alice } from '../../support/identities.js';
import { must } from '../../support/values.js';
import { scopeOf, takeApart } from '../../support/verifier.js';

export const object = { bucket: 'docs', key: 'a.txt' } as const;

type Source = Extract<ConnectionSource, { kind: 'profile' | 'environment' }>;

export interface CredentialUse {
  readonly aws: TemporaryAwsFiles;
  /** Issues keys. The server knows them and {@link alice}. */
  readonly issuer: KeyIssuer;
  readonly server: StrictS3;
  /** The clock of the server. */
  set clock(clock: () => Date);
  /** Waits for a service to start, and closes it after the test. */
  readonly start: (service: Promise<AwsService>) => Promise<AwsService>;
  /** Writes the config file: sections by name, with the settings of each. */
  readonly configure: (sections: Sections) => void;
  /** Opens a connection like the product does; closed after the test. */
  readonly connect: (source?: Source, options?: Partial<ConnectOptions>) => Promise<Connection>;
}

export type Sections = Readonly<Record<string, Settings>>;

function configText(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, settings]) => profileText(name, settings))
    .join('\n');
}

/** Closes what a test has opened, in reverse order. */
function useClosing(): { readonly add: (close: () => unknown) => void } {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  return {
    add: (close) => {
      open.push(close);
    },
  };
}

/** Gives every test an S3 server with the keys of an issuer, the bucket `docs` and {@link object}. */
export function useCredentialSources(): CredentialUse {
  const aws = useAwsFiles();
  const closing = useClosing();
  const running: { issuer?: KeyIssuer; server?: StrictS3; clock: () => Date } = { clock: () => new Date() };
  beforeEach(async () => {
    running.clock = () => new Date();
    running.issuer = new KeyIssuer([alice]);
    // Some kinds of credentials are cached in the home folder.
    aws.setEnvironment({ HOME: aws.folder });
    running.server = await openServer(running.issuer, () => running.clock());
    const { server } = running;
    closing.add(() => server.close());
  });
  return {
    aws,
    get issuer() {
      return must(running.issuer, 'a test that runs');
    },
    get server() {
      return must(running.server, 'a test that runs');
    },
    set clock(clock: () => Date) {
      running.clock = clock;
    },
    start: async (service) => {
      const started = await service;
      closing.add(() => started.close());
      return started;
    },
    configure: (sections) => {
      aws.write({ config: configText(sections) });
    },
    connect: async (source = { kind: 'profile', name: 'p' }, options = {}) => {
      // A different clock costs a second attempt.
      const several = { AWS_MAX_ATTEMPTS: undefined, AWS_ENDPOINT_URL_S3: must(running.server).endpoint };
      const env = { ...process.env, ...several, ...options.env };
      const connection = await connect(source, { version: '0.0.0', ...options, env });
      closing.add(() => {
        connection.dispose();
      });
      return connection;
    },
  };
}

async function openServer({ known }: KeyIssuer, clock: () => Date): Promise<StrictS3> {
  const server = await startStrictS3({ credentials: known, clock });
  server.createBucket(object.bucket);
  server.putObject(object.bucket, object.key, 'hello');
  return server;
}

export function signObject(
  connection: Connection,
  { expiresInSeconds = 60, ...options }: SignOptions & { readonly expiresInSeconds?: number } = {},
): Promise<Link> {
  return signLink(connection, { ...object, kind: 'get', expiresInSeconds }, options);
}

/** The access key ID that a link was signed with. */
export function signerOf(link: Link): string {
  return scopeOf(takeApart(link.url)).accessKeyId;
}

/**
 * Asserts that the credentials of a connection list a bucket through the SDK, and sign a link that works by
 * itself. Gives the link.
 */
export async function assertWorks(
  connection: Connection,
  accessKeyId: () => string | undefined,
): Promise<Link> {
  const page = await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 });
  assert.deepEqual(
    page.objects.map(({ key }) => key),
    [object.key],
  );
  const link = await signObject(connection);
  const answer = await fetch(link.url);
  assert.equal(await answer.text(), 'hello');
  assert.equal(signerOf(link), must(accessKeyId(), 'keys that were handed out'));
  return link;
}
