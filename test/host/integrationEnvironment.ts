import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { S3_VARIABLE } from './s3/protocol.js';
import { profilesFor, startServers } from './s3/servers.js';
import { steer } from './s3/steering.js';

/** The world around one run of the integration tests. */
export interface IntegrationEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly workspaceFolder: string;
  close(): Promise<void>;
}

/** Replaces the AWS CLI: waits for a user who never comes, or fails while the file `aws-fails` exists. */
const awsProgram = '#!/bin/sh\nif [ -e "$HOME/aws-fails" ]; then exit 1; fi\nexec cat\n';

/** Starts the S3 servers and makes an AWS configuration for them, an empty home and a small workspace. */
export async function prepare(): Promise<IntegrationEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-integration-'));
  const [homeFolder, workspaceFolder] = [join(folder, 'home'), join(folder, 'workspace')];
  const configFile = join(folder, 'aws-config');
  const credentialsFile = join(folder, 'aws-credentials');
  const servers = await startServers(folder);
  const steering = await steer(servers);
  const programs = join(folder, 'bin');
  await Promise.all([homeFolder, workspaceFolder, programs].map((path) => mkdir(path)));
  await Promise.all([
    writeFile(configFile, await profilesFor(servers)),
    writeFile(credentialsFile, ''),
    writeFile(join(workspaceFolder, 'notes.txt'), 'notes\n'),
    writeFile(join(programs, 'aws'), awsProgram, { mode: 0o755 }),
  ]);
  return {
    env: {
      HOME: homeFolder,
      USERPROFILE: homeFolder,
      PATH: [programs, process.env.PATH].join(delimiter),
      AWS_CONFIG_FILE: configFile,
      AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_EXTRA_CA_CERTS: servers.network.authority,
      // Makes Node treat it as a system certificate; VS Code reads those from Node if
      // `http.systemCertificatesNode` is on.
      SSL_CERT_FILE: servers.network.authority,
      [S3_VARIABLE]: steering.url,
    },
    workspaceFolder,
    close: async () => {
      steering.close();
      const { home, other, network, ahead, portal, sts, hole } = servers;
      hole.close();
      await Promise.all([home, other, network, ahead, portal, sts].map((server) => server.close()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
