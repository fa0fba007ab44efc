import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { linkKinds } from '../../src/core/links/kinds.js';
import { commandIds, contextKeys, itemKinds, settingIds, viewId } from '../../src/ui/ids.js';
import { repositoryRoot } from '../host/paths.js';
import {
  comparedValues,
  isAmbiguous,
  projectText,
  readManifest,
  readStrings,
  whenClauses,
} from './support/manifest.js';

const manifest = readManifest();
const strings = readStrings();
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);

/** Commands after which a question or more rows follow. */
const asking: readonly string[] = [
  commandIds.selectProfile,
  commandIds.addConnection,
  commandIds.editConnection,
  commandIds.removeConnection,
  commandIds.addBucket,
  commandIds.loadMore,
  commandIds.copyGetLink,
  commandIds.copyPutLink,
  commandIds.copyLinks,
  commandIds.recentLinks,
  commandIds.createLink,
  commandIds.copyLinkAs,
  commandIds.insertLink,
  commandIds.copyLinkCode,
  commandIds.presignUpload,
  commandIds.uploadActiveFile,
  commandIds.uploadToLink,
  commandIds.downloadFromLink,
  commandIds.explainLink,
];

/** Settings that a workspace may have a say in: none of them decides who signs or where requests go. */
const harmless: readonly string[] = ['signpost.pageSize'];

describe('the commands of the manifest', () => {
  it('are those of the program', () => {
    assert.deepEqual(commands.toSorted(), Object.values(commandIds).toSorted());
  });

  it('are all in the category S3', () => {
    for (const { command, category } of contributes.commands) assert.equal(category, 'S3', command);
  });

  it('have titles that end in "..." where something follows, and nowhere else', () => {
    for (const { command, title } of contributes.commands) {
      const text = strings[title.slice(1, -1)] ?? '';
      assert.notEqual(text, '', command);
      assert.equal(text.endsWith('...'), asking.includes(command), command);
      assert.ok(!text.startsWith('S3'), `${command} names the category twice`);
    }
  });

  it('cover all menus and keybindings', () => {
    const used = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])];
    for (const { command } of used) assert.ok(commands.includes(command), command);
  });

  it('cover the links of the welcome texts', () => {
    const links = Object.values(strings).flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)]);
    assert.notEqual(links.length, 0);
    for (const [, command] of links) assert.ok(commands.includes(command ?? ''), command);
  });
});

describe('the when clauses of the manifest', () => {
  const clauses = whenClauses(manifest);

  it('name the kinds of rows that there are', () => {
    const { bucket, folder, object, problem, more, ...others } = itemKinds;
    // A row that loads more is no row with a menu.
    const expected = [bucket, folder, object, problem, ...Object.values(others)].toSorted();
    const used = comparedValues(clauses, 'viewItem').toSorted();
    assert.ok(!used.includes(more));
    assert.deepEqual(used, expected);
  });

  it('name the view', () => {
    const compared = clauses.flatMap((clause) => [...clause.matchAll(/\bview == ([\w.]+)/g)]);
    assert.deepEqual([...new Set(compared.map(([, id]) => id))], [viewId]);
  });

  it('name context keys that are set', () => {
    const keys = clauses.flatMap((clause) => clause.match(/\bsignpost\.\w+/g) ?? []);
    const known: readonly string[] = [viewId, ...Object.values(contextKeys)];
    for (const key of keys) assert.ok(known.includes(key), key);
  });

  it('put parentheses where && stands beside ||', () => {
    for (const clause of clauses) assert.equal(isAmbiguous(clause), false, clause);
  });
});

describe('the reader of when clauses', () => {
  for (const [clause, ambiguous] of [
    ['a && b', false],
    ['a && b || c', true],
    ['(a && b) || c', false],
    ['a && (b || c)', false],
    ['(a || b && c)', true],
    ['a =~ /^(b|c||d)$/ && e', false],
  ] as const) {
    it(`finds ${clause} ${ambiguous ? 'ambiguous' : 'clear'}`, () => {
      assert.equal(isAmbiguous(clause), ambiguous);
    });
  }

  it('finds compared values', () => {
    const clauses = ['x && viewItem == one', 'viewItem =~ /^(two|three)$/', "viewItem != 'four'"];
    assert.deepEqual(comparedValues(clauses, 'viewItem'), ['one', 'two', 'three', 'four']);
  });
});

describe('the views of the manifest', () => {
  it('are the one of the program', () => {
    const ids = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(ids, [viewId]);
    assert.deepEqual([...new Set(contributes.viewsWelcome.map(({ view }) => view))], [viewId]);
  });

  it('have icons that exist', () => {
    const icons = [...contributes.viewsContainers.activitybar, ...Object.values(contributes.views).flat()];
    for (const icon of [manifest.icon, ...icons.map(({ icon }) => icon)]) {
      assert.ok(existsSync(join(repositoryRoot(), icon)), icon);
    }
  });

  it('stand in containers that are contributed', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    assert.deepEqual(Object.keys(contributes.views), containers);
  });
});

describe('the settings of the manifest', () => {
  const { properties } = contributes.configuration;
  const { section, ...ids } = settingIds;

  it('are those of the program', () => {
    const expected = Object.values(ids).map((id) => `${section}.${id}`);
    assert.deepEqual(Object.keys(properties).toSorted(), expected.toSorted());
  });

  for (const [id, setting] of Object.entries(properties)) {
    it(`${id} has a default, a description and a scope`, () => {
      assert.notEqual(setting.default, undefined);
      assert.match(setting.markdownDescription ?? setting.description ?? '', /^%.+%$/);
      assert.ok(setting.scope !== undefined);
    });

    it(`${id} is left to a workspace only if it moves no signed traffic`, () => {
      const isOwn = setting.scope === 'application' || setting.scope === 'machine';
      assert.equal(isOwn, !harmless.includes(id));
    });
  }

  it('that a workspace may set do not count in Restricted Mode', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, harmless);
  });

  it('have a reader each', () => {
    const source = projectText('src/ui/settings.ts');
    for (const name of Object.keys(ids)) assert.match(source, new RegExp(`settingIds\\.${name}\\b`), name);
  });
});

describe('the presets of the manifest', () => {
  it('have the kinds of the table', () => {
    const presets = contributes.configuration.properties['signpost.presets'];
    assert.deepEqual(presets?.items?.properties.kind.enum, Object.keys(linkKinds));
  });
});

describe('the strings of the manifest', () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');

  it('all exist', () => {
    for (const key of used) assert.ok((strings[key] ?? '') !== '', key);
  });

  it('are all used', () => {
    assert.deepEqual(Object.keys(strings).toSorted(), [...new Set(used)].toSorted());
  });
});

describe('the manifest', () => {
  it('supports exactly the editors whose types it was compiled with', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('is that of an ES module, which is there for hovers soon after the start', () => {
    assert.equal(manifest.type, 'module');
    // No event tells that somebody points at something. Activation itself loads no SDK and reads nothing.
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
    assert.equal(contributes.walkthroughs, undefined);
  });
});
