import assert from 'node:assert/strict';
import { commands, env, extensions, type Extension } from 'vscode';
import { commandIds, viewId } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import type { SeenRequest } from '../host/s3/protocol.js';
import { distUrl, loadedUrls, sdkUrls } from './support/loadedFiles.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function signpost(): Extension<unknown> {
  const extension = extensions.getExtension('signpost.signpost');
  assert.ok(extension !== undefined, 'Signpost is not installed in this host');
  return extension;
}

/** The loaded files of dist/ that contain parts of the SDK. */
async function loadedSdk(): Promise<readonly string[]> {
  const loaded = loadedUrls();
  return (await sdkUrls(signpost().extensionPath)).filter((url) => loaded.has(url));
}

interface Start {
  readonly loaded: ReadonlySet<string>;
  readonly loadedSdk: readonly string[];
  readonly requests: readonly SeenRequest[];
}

let start: Start | undefined;

// Before every test of the run, in whatever order: they load the SDK and make requests.
before(async () => {
  const isActive = poll(() => signpost().isActive, { what: 'Signpost to be active' });
  // One of the tests reports the failure.
  await isActive.catch(() => undefined);
  if (!signpost().isActive) return;
  start = {
    loaded: loadedUrls(),
    loadedSdk: await loadedSdk(),
    requests: await connectS3().requests(),
  };
});

describe('activation', () => {
  it('happens automatically after startup, so that hovers work', () => {
    assert.ok(start !== undefined, 'Signpost was not active');
  });

  it('does not load the SDK and sends no request', () => {
    const extension = distUrl(signpost().extensionPath, 'dist/extension.js');
    assert.ok(start !== undefined, 'Signpost was not active');
    assert.ok(start.loaded.has(extension), 'the extension is not found');
    assert.deepEqual(start.loadedSdk, []);
    assert.deepEqual(start.requests, []);
  });

  it('registers exactly the contributed commands', async () => {
    const { contributes } = signpost().packageJSON as Manifest;
    const registered = (await commands.getCommands(true)).filter(
      // VS Code adds its own commands for each view.
      (id) => id.startsWith('signpost.') && !id.startsWith(`${viewId}.`),
    );
    assert.deepEqual(registered.sort(), contributes.commands.map(({ command }) => command).sort());
  });

  it('loads the SDK with the first command that needs it', async () => {
    await commands.executeCommand(commandIds.copyArn, objectRow('docs', 'hello.txt'));
    assert.notDeepEqual(await loadedSdk(), [], 'a loaded SDK is not found');
    assert.equal(await env.clipboard.readText(), 'arn:aws:s3:::docs/hello.txt');
  });
});
