import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isForeignVariable } from '../host/hostEnvironment.js';
import { packageExtension } from '../host/packageExtension.js';
import { repositoryRoot } from '../host/paths.js';
import { hostWorkbench } from '../host/workbench/workbench.js';
import { fillSampleData } from '../servers/sampleData.js';
import { startStrictS3 } from '../servers/strictS3/server.js';
import { keySettings, profileText } from '../support/awsSettings.js';
import { findDesktop } from './desktop.js';

// npm start: runs the extension in VS Code with an S3 server and sample buckets. Ctrl+C stops everything.

const credential = {
  accessKeyId: 'AKIASIGNPOSTDEMO0001',
  secretAccessKey: 'a-secret-key-that-only-this-demo-knows',
};

/** Everything that the demo writes: the profile, the files to upload, the editor's data. */
interface DemoFolder {
  readonly path: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

async function makeFolder(endpoint: string): Promise<DemoFolder> {
  const path = await mkdtemp(join(tmpdir(), 'signpost-demo-'));
  const workspace = join(path, 'workspace');
  await mkdir(workspace);
  const config = join(path, 'config');
  const settings = { region: 'us-east-1', endpoint_url: endpoint, ...keySettings(credential) };
  await writeFile(config, profileText('default', settings));
  await writeFile(join(path, 'credentials'), '');
  await writeFile(
    join(workspace, 'release-notes.md'),
    '# Release notes\n\nSend this file through a presigned URL.\n',
  );
  return {
    path,
    workspace,
    env: { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(path, 'credentials') },
  };
}

/** A running editor; `closed` settles when the user closes it. */
interface Editor {
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

async function openEditor(folder: DemoFolder): Promise<Editor> {
  const desktop = findDesktop();
  return desktop === undefined ? openInBrowser(folder) : openDesktop(desktop, folder);
}

function openDesktop(executable: string, { path, workspace, env }: DemoFolder): Editor {
  const args = [
    `--extensionDevelopmentPath=${repositoryRoot()}`,
    `--user-data-dir=${join(path, 'user')}`,
    `--extensions-dir=${join(path, 'extensions')}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    workspace,
  ];
  // Without the developer's own AWS variables, which would lead the demo to another server.
  const own = Object.entries(process.env).filter(([name]) => !isForeignVariable(name));
  const child = spawn(executable, args, { env: { ...Object.fromEntries(own), ...env }, stdio: 'ignore' });
  const closed = new Promise<void>((resolve, reject) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', reject);
  });
  console.log('VS Code opens in a window of its own.');
  return {
    closed,
    close: async () => {
      child.kill();
      await closed;
    },
  };
}

async function openInBrowser({ path, workspace, env }: DemoFolder): Promise<Editor> {
  console.log(
    'No desktop VS Code was found, so one that runs in a browser is brought from npm (once, some 800 MB).',
  );
  const hosted = await hostWorkbench({
    version: 'newest',
    workspaceFolder: workspace,
    vsixPath: await packageExtension(path),
    env,
  });
  console.log(`Ready. Open this address in a browser:\n\n  ${hosted.url}\n`);
  return { closed: new Promise(() => undefined), close: () => hosted.close() };
}

/**
 * Settles when the demo has to end. The handlers stay installed: a terminal and npm both pass Ctrl+C on, and
 * impatient users press it twice, so a second signal arrives during the clean-up.
 */
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      resolve();
    });
});
async function runDemo(): Promise<void> {
  const server = await startStrictS3({ credentials: [credential] });
  fillSampleData(server);
  const folder = await makeFolder(server.endpoint);
  console.log(`An S3 server with sample buckets listens on ${server.endpoint}.`);
  try {
    const editor = await openEditor(folder);
    console.log(
      'Click the signpost in the bar at the left, open the bucket "acme-website", then right-click',
    );
    console.log('"index.html" and choose "Copy Presigned GET URL...". Ctrl+C stops everything.');
    await Promise.race([stopped, editor.closed]);
    await editor.close();
  } finally {
    await server.close();
    await rm(folder.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  await runDemo();
} catch (error) {
  // The message says in one sentence what the machine lacks.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
