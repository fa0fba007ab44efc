import assert from 'node:assert/strict';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { commandIds, settingIds } from '../../src/ui/ids.js';
import { presets } from '../../src/ui/links/presets.js';
import { poll } from '../support/poll.js';
import { alice } from '../support/identities.js';
import { copyLink, scopeOf } from './support/links.js';
import { objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { driverFor } from './support/window.js';

function settingsFile(): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined, 'no folder is open');
  return Uri.joinPath(folder.uri, '.vscode', 'settings.json');
}

/** Gives each test workspace settings, empty at first. */
function useWorkspaceSettings(): void {
  beforeEach(async () => {
    await workspace.fs.writeFile(settingsFile(), Buffer.from('{}'));
  });
  afterEach(async () => {
    await workspace.fs.delete(settingsFile(), { useTrash: false });
  });
}

describe('the settings of a workspace', () => {
  useWorkspaceSettings();

  it('cannot change who signs and where links point', async function () {
    const driver = driverFor(this);
    const hello = objectRow('docs', 'hello.txt');
    const before = await copyLink(driver, commandIds.copyPresignedGetUrl, hello);
    const names = [
      'endpoint',
      'endpointUrl',
      'profile',
      'region',
      'awsConfigFile',
      'credentialsFile',
      'proxy',
    ];
    const settings = {
      'signpost.pageSize': 11,
      'signpost.defaultExpiry': '7d',
      'signpost.addressing': 'virtual',
      'signpost.shortenToCredentials': false,
      'signpost.connectTimeoutSeconds': 120,
      'signpost.silenceTimeoutSeconds': 300,
      ...Object.fromEntries(names.map((name) => [`signpost.${name}`, 'http://127.0.0.1:9'])),
      'aws.profile': 'profile:other',
    };
    await workspace.fs.writeFile(settingsFile(), Buffer.from(JSON.stringify(settings)));
    const config = () => workspace.getConfiguration('signpost');
    await poll(() => config().get('pageSize') === 11, { what: 'the settings to be read' });
    assert.deepEqual(
      [
        'defaultExpiry',
        'addressing',
        'shortenToCredentials',
        'connectTimeoutSeconds',
        'silenceTimeoutSeconds',
      ].map((name) => config().get<unknown>(name)),
      ['1h', 'auto', true, 10, 30],
    );
    const after = await copyLink(driver, commandIds.copyPresignedGetUrl, hello);
    assert.deepEqual([after.origin, after.pathname], [before.origin, before.pathname]);
    assert.equal(scopeOf(after).accessKeyId, alice.accessKeyId);
    assert.equal(await (await fetch(after)).text(), 'hello');
  });
});

describe('the workspace settings of Signpost', () => {
  useWorkspaceSettings();

  for (const [name, value] of [
    ['defaultExpiry', '7d'],
    ['addressing', 'virtual'],
    ['shortenToCredentials', false],
    ['connectTimeoutSeconds', 120],
    ['silenceTimeoutSeconds', 300],
  ] as const) {
    it(`cannot include ${name}`, async () => {
      const update = workspace
        .getConfiguration('signpost')
        .update(name, value, ConfigurationTarget.Workspace);
      await assert.rejects(Promise.resolve(update));
    });
  }
});

async function setAll(value: unknown): Promise<void> {
  for (const id of Object.values(settingIds)) if (id !== settingIds.section) await setSetting(id, value);
}

describe('settings with invalid values', () => {
  afterEach(() => setAll(undefined));

  for (const text of ['"1"', 'null', '[null, { "__proto__": 7 }]']) {
    it(`do not keep a link from being copied: ${text}`, async function () {
      const driver = driverFor(this);
      await setAll(JSON.parse(text));
      assert.ok(presets().every((preset) => 'problem' in preset));
      const link = await copyLink(driver, commandIds.copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
      assert.equal((await fetch(link)).status, 200);
    });
  }
});
