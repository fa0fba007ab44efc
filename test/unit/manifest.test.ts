import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Remedy } from '../../src/core/failures/message.js';
import { linkKinds } from '../../src/core/links/kinds.js';
import type { Preset } from '../../src/core/links/preset.js';
import type { FormLimits } from '../../src/core/links/target.js';
import { commandIds, contextKeys, itemKinds, settingIds, settingNumbers, viewId } from '../../src/ui/ids.js';
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

/** Commands that ask a question, or that add rows. */
const asking: readonly string[] = [
  commandIds.selectProfile,
  commandIds.addConnection,
  commandIds.editConnection,
  commandIds.removeConnection,
  commandIds.addBucket,
  commandIds.loadMore,
  commandIds.copyPresignedGetUrl,
  commandIds.copyPresignedPutUrl,
  commandIds.copyLinks,
  commandIds.showRecentLinks,
  commandIds.createPresignedUrl,
  commandIds.copyLinkAs,
  commandIds.insertLinkAtCursor,
  commandIds.copyLinkCode,
  commandIds.presignUpload,
  commandIds.uploadActiveFile,
  commandIds.uploadToLink,
  commandIds.downloadFromLink,
  commandIds.explainPresignedUrl,
];

/** Commands of VS Code's, which it makes of a view and has for all walkthroughs. */
const builtIn = [`${viewId}.focus`, 'workbench.action.openWalkthrough'];

/** Settings that a workspace may change: none of them decides who signs or where requests go. */
const harmless: readonly string[] = ['signpost.pageSize'];

describe('the commands of the manifest', () => {
  it('are those of the program', () => {
    assert.deepEqual(commands.toSorted(), Object.values(commandIds).toSorted());
  });

  it('are all in the category S3', () => {
    for (const { command, category } of contributes.commands) assert.equal(category, 'S3', command);
  });

  it('have titles that end in "..." exactly when a question or more rows follow', () => {
    for (const { command, title } of contributes.commands) {
      const text = strings[title.slice(1, -1)] ?? '';
      assert.notEqual(text, '', command);
      assert.equal(text.endsWith('...'), asking.includes(command), command);
      assert.ok(!text.startsWith('S3'), `${command} names the category twice`);
    }
  });

  it('cover all menus and keybindings', () => {
    const used = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])];
    for (const { command } of used) if (command !== undefined) assert.ok(commands.includes(command), command);
  });

  it('cover the links of the welcome texts and the walkthrough, with those of VS Code', () => {
    const links = Object.values(strings).flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)]);
    assert.notEqual(links.length, 0);
    const known: readonly string[] = [...commands, ...builtIn];
    for (const [, command] of links) assert.ok(known.includes(command ?? ''), command);
  });
});

/** The remedies for a failure, and the command of the row's button. */
const remedies: Readonly<Record<Remedy, string>> = {
  retry: commandIds.refreshRow,
  selectProfile: commandIds.selectProfile,
  signIn: commandIds.signIn,
  editConnection: commandIds.editConnection,
  addBucket: commandIds.addBucket,
  openAwsConfig: commandIds.openAwsConfig,
};

describe('a row about a failure', () => {
  const entries = contributes.menus['view/item/context'] ?? [];

  for (const [remedy, command] of Object.entries(remedies)) {
    it(`has a button and a menu entry for ${remedy}, and for refreshing`, () => {
      const own = entries.filter(({ when = '' }) =>
        comparedValues([when], 'viewItem').includes(`${itemKinds.problem}_${remedy}`),
      );
      for (const wanted of [command, commandIds.refreshRow]) {
        const groups = own.filter((entry) => entry.command === wanted).map(({ group = '' }) => group);
        assert.equal(groups.filter((group) => group.startsWith('inline@')).length, 1);
        assert.equal(groups.filter((group) => !group.startsWith('inline')).length, 1);
      }
    });
  }

  it('has buttons whose commands have icons', () => {
    const inline = entries.filter(({ group = '' }) => group.startsWith('inline'));
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    for (const { command } of inline)
      assert.match(icons.get(command ?? '') ?? '', /^\$\([a-z-]+\)$/, command);
  });
});

describe('the when clauses of the manifest', () => {
  const clauses = whenClauses(manifest);

  it('name the existing kinds of rows', () => {
    const { bucket, folder, object, problem, more, ...others } = itemKinds;
    // A row that loads more has no menu.
    const problems = Object.keys(remedies).map((remedy) => `${problem}_${remedy}`);
    const expected = [bucket, folder, object, ...problems, ...Object.values(others)].toSorted();
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

  it('put parentheses where && is next to ||', () => {
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
  it('are those of the program', () => {
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

  it('are in contributed containers', () => {
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

    it(`${id} may be set by a workspace only if it redirects no signed traffic`, () => {
      const isOwn = setting.scope === 'application' || setting.scope === 'machine';
      assert.equal(isOwn, !harmless.includes(id));
    });
  }

  it('that a workspace may set are ignored in Restricted Mode', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, harmless);
  });

  it('are all read by the program', () => {
    const source = projectText('src/ui/settings.ts');
    for (const name of Object.keys(ids))
      assert.match(source, new RegExp(`settingIds\\.${name}\\b|number\\('${name}'\\)`), name);
  });

  it('have the limits of the program', () => {
    const numbers = Object.entries(properties)
      .filter(([, { type }]) => type === 'number' || type === 'integer')
      .map(([id, setting]) => {
        const { minimum, maximum } = setting;
        return [id.slice(section.length + 1), { default: setting.default, minimum, maximum }] as const;
      });
    assert.deepEqual(Object.fromEntries(numbers), settingNumbers);
  });
});

describe('the presets of the manifest', () => {
  const schema = contributes.configuration.properties['signpost.presets']?.items?.properties;
  const fields: Readonly<Record<keyof Preset, true>> = {
    name: true,
    kind: true,
    expiry: true,
    contentType: true,
    fileName: true,
    inline: true,
    cacheControl: true,
    metadata: true,
    storageClass: true,
    encryption: true,
    form: true,
  };
  const formFields: Readonly<Record<keyof FormLimits, true>> = {
    keyIsPrefix: true,
    minBytes: true,
    maxBytes: true,
    typeIsPrefix: true,
    successStatus: true,
    successRedirect: true,
  };

  it('have the kinds of the table', () => {
    assert.deepEqual(schema?.kind.enum, Object.keys(linkKinds));
  });

  it('have the fields of the program', () => {
    assert.deepEqual(Object.keys(schema ?? {}).toSorted(), Object.keys(fields).toSorted());
    assert.deepEqual(
      Object.keys(schema?.form.properties ?? {}).toSorted(),
      Object.keys(formFields).toSorted(),
    );
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
