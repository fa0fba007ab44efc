import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  env,
  InputBoxValidationSeverity,
  ProgressLocation,
  StatusBarAlignment,
  window as rawWindow,
} from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { l10n, window } from '../../src/ui/messages/safeVscode.js';
import { askText, pickItem } from '../../src/ui/prompts/inputs.js';
import { askMfaCode } from '../../src/ui/prompts/mfa.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { writtenForm, writtenV4 } from '../support/writtenLinks.js';
import { readConfig, settingsOf, withSection, writeConfig } from './support/awsConfig.js';
import { clearMessages, listMessages } from './support/notifications.js';
import { openFirst } from './support/openRows.js';
import { workspaceFile } from './support/uploads.js';
import { openView, selectProfile, waitForRows, waitForTitle } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

/** VS Code would draw this as a link that runs a command, an icon, and reversed text. */
const hostile = '[Sign in](command:workbench.action.openSettings) $(zap) \u202eend';
const harmless = '[Sign in]\u2060(command:workbench.action.openSettings) $\u2060(zap) \\u{202e}end';

/** The same, with text that Markdown and HTML would turn into tags, links and other characters. */
const markup = `${hostile} <b>**a**</b> &rlm; <https://example.com/> &#36;(zap)`;
const harmlessMarkup = `${harmless} <b>**a**</b> &rlm; <https://example.com/> &#36;(zap)`;

const areas = {
  prompt: '.quick-input-widget',
  messages: '.notification-list-item',
  statusBar: '.part.statusbar',
  view: '.part.sidebar',
  tooltip: '.workbench-hover',
} as const;

/** Asserts that an area shows the whole text, and no link or icon made from it. */
async function assertText(driver: Driver, area: string, texts: readonly string[]): Promise<void> {
  const all = (await driver.visibleText(area)).join('\n');
  for (const text of texts) assert.equal(all.includes(text), true, `${text} is not in: ${all}`);
  assert.deepEqual(await madeOf(driver, area), { links: 0, icons: 0 });
}

async function madeOf(driver: Driver, area: string): Promise<{ links: number; icons: number }> {
  const links = await driver.visibleText(`${area} a[href*="command:"]`);
  const icons = await driver.visibleText(`${area} .codicon-zap`);
  return { links: links.length, icons: icons.length };
}

/** Hovers over an element until its tooltip appears, and asserts what it shows. */
async function assertTooltip(driver: Driver, selector: string, text: string): Promise<void> {
  const isThere = async () => {
    await driver.hover(selector);
    const isShown = async () =>
      (await driver.visibleText(areas.tooltip)).some((shown) => shown.includes(text));
    return poll(isShown, { what: text, limitMs: 2000 }).catch(() => false);
  };
  await poll(isThere, { what: `the tooltip ${text}` });
  await assertText(driver, areas.tooltip, [text]);
  assert.deepEqual(await driver.visibleText(`${areas.tooltip} a`), []);
}

describe('foreign text that is not escaped', () => {
  it('would be a link and an icon in a prompt', async function () {
    const driver = driverFor(this);
    const box = rawWindow.createInputBox();
    box.prompt = hostile;
    box.show();
    await driver.waitForQuickInput(({ message }) => message.includes('Sign in'));
    assert.deepEqual(await madeOf(driver, areas.prompt), { links: 1, icons: 1 });
    box.dispose();
  });
});

describe('foreign text in prompts', () => {
  it('is text in the title, prompt, placeholder and validation message of an input box', async function () {
    const driver = driverFor(this);
    const asked = askText(
      { title: l10n.t('Title {0}', hostile) },
      {
        prompt: l10n.t('Prompt {0}', hostile),
        placeholder: l10n.t('Placeholder {0}', hostile),
        value: '',
        validate: () => ({ message: l10n.t('No {0}', hostile), severity: InputBoxValidationSeverity.Error }),
        isValid: () => false,
      },
    );
    const { placeholder } = await driver.waitForQuickInput(({ message }) => message.startsWith('Prompt '));
    assert.equal(placeholder, `Placeholder ${harmless}`);
    await assertText(driver, areas.prompt, [`Title ${harmless}`, `Prompt ${harmless}`]);
    await driver.type('x');
    await driver.waitForQuickInput(({ message }) => message.startsWith('No '));
    await assertText(driver, areas.prompt, [`No ${harmless}`]);
    await driver.press('Escape');
    await asked;
  });

  it('is text in the label, description and detail of a list', async function () {
    const driver = driverFor(this);
    const item = {
      label: l10n.t('Label {0}', hostile),
      description: l10n.t('Description {0}', hostile),
      detail: l10n.t('Detail {0}', hostile),
    };
    const picked = pickItem({ title: l10n.t('List') }, { items: [item], placeholder: l10n.t('Choose') });
    await driver.waitForQuickInput(({ items }) => items.length === 1);
    await assertText(
      driver,
      areas.prompt,
      ['Label', 'Description', 'Detail'].map((place) => `${place} ${harmless}`),
    );
    await driver.press('Escape');
    await picked;
  });
});

describe('the name of an MFA device', () => {
  it('is text in the prompt for its code', async function () {
    const driver = driverFor(this);
    const taken = new AbortController();
    const asked = askMfaCode(hostile, { retry: false, signal: taken.signal });
    await driver.waitForQuickInput(({ message }) => message.startsWith('Enter the code from '));
    await assertText(driver, areas.prompt, [harmless]);
    taken.abort();
    await asked;
  });
});

describe('foreign text outside prompts', () => {
  it('is text in a message, its button, and a progress', async function () {
    const driver = driverFor(this);
    void window.showErrorMessage(l10n.t('Message {0}', hostile), l10n.t('Button {0}', hostile));
    let end = (): void => undefined;
    const work = window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Progress {0}', hostile), cancellable: false },
      async (progress) => {
        progress.report({ message: l10n.t('Step {0}', hostile) });
        await new Promise<void>((resolve) => (end = resolve));
      },
    );
    await listMessages(driver, 'Message ');
    await listMessages(driver, 'Step ');
    await assertText(
      driver,
      areas.messages,
      ['Message', 'Button', 'Progress', 'Step'].map((place) => `${place} ${harmless}`),
    );
    end();
    await work;
    await clearMessages(driver);
  });

  it('is text in the status bar and its tooltip', async function () {
    const driver = driverFor(this);
    const item = window.createStatusBarItem('signpost.test', StatusBarAlignment.Left);
    item.text = l10n.t('Status {0}', hostile);
    item.tooltip = l10n.t('Tooltip {0}', markup);
    item.show();
    const isThere = async () => (await driver.visibleText(areas.statusBar)).join().includes('Status [');
    await poll(isThere, { what: 'the status' });
    await assertText(driver, areas.statusBar, [`Status ${harmless}`]);
    await assertTooltip(driver, '.statusbar-item:has-text("Status [")', `Tooltip ${harmlessMarkup}`);
    item.dispose();
  });
});

describe('a link or form whose headers or fields have names like links', () => {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const refused = {
    'This link has a header with an invalid name. Ask for another link.': writtenV4({
      address: 'https://docs.s3.us-east-1.amazonaws.com/in/a.txt',
      stamp,
      signedHeaders: `host;x-amz-meta-${hostile}`,
      more: ['x-id=PutObject'],
    }),
    'This form has a field with an invalid name. Ask for another form.': JSON.stringify(
      writtenForm([{ bucket: 'docs' }, ['starts-with', `$x-amz-meta-owner. ${hostile} `, '']]),
    ),
  };

  for (const [complaint, text] of Object.entries(refused)) {
    it(`is refused without the name: ${complaint}`, async function () {
      const driver = driverFor(this);
      const before = openTabs();
      await env.clipboard.writeText(text);
      const running = startCommand(commandIds.uploadToLink, workspaceFile('notes.txt'));
      const { message, placeholder } = await driver.waitForQuickInput((input) => input.message !== '');
      assert.deepEqual(await madeOf(driver, areas.prompt), { links: 0, icons: 0 });
      assert.deepEqual(
        [message, placeholder],
        [complaint, 'The link or form on the clipboard cannot be used. Paste another one.'],
      );
      await driver.press('Escape');
      await running.ended;
      assert.deepEqual(openTabs(), before);
    });
  }
});

/** A command of VS Code would have opened a tab. */
function openTabs(): readonly string[] {
  return rawWindow.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

const iconProfile = { name: 'icon$(zap)<b>&rlm;', shown: 'icon$\u2060(zap)<b>&rlm;' };

/** A profile of a hostile store, and one of the same store with a hostile name. */
function useHostileStore(): void {
  let store: Server | undefined;
  let original = '';
  before(async () => {
    store = await startHostileStore();
    original = await readConfig();
    const { port } = store.address() as AddressInfo;
    const settings = { ...settingsOf(original, 'default'), endpoint_url: `http://127.0.0.1:${port}` };
    const config = withSection(original, 'profile strange', settings);
    await writeConfig(withSection(config, `profile ${iconProfile.name}`, settings));
  });
  beforeEach(async () => {
    await selectProfile('strange');
    await openView();
  });
  after(async () => {
    await writeConfig(original);
    store?.closeAllConnections();
    store?.close();
  });
}

describe('a store with hostile bucket names and errors', () => {
  useHostileStore();

  it('shows the names as text in the view and in the list of buckets', async function () {
    const driver = driverFor(this);
    await waitForRows(driver, (names) => names.includes(harmless));
    await assertText(driver, areas.view, [harmless]);
    const running = startCommand(commandIds.createPresignedUrl);
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === harmless));
    await assertText(driver, areas.prompt, [harmless]);
    await driver.press('Escape');
    await running.ended;
  });

  it('shows a bucket name as text in the tooltip of its row', async function () {
    const driver = driverFor(this);
    await waitForRows(driver, (names) => names.includes(harmless));
    await assertTooltip(driver, `${areas.view} .monaco-list-row:has-text("Sign in")`, harmless);
  });

  it('shows the name of a profile as text in the list of profiles and above the rows', async function () {
    const driver = driverFor(this);
    const running = startCommand(commandIds.selectProfile);
    await driver.waitForQuickInput(({ items }) => items.length > 0);
    await driver.type('icon');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === iconProfile.shown);
    await assertText(driver, areas.prompt, [iconProfile.shown]);
    await driver.accept();
    await running.ended;
    // The rows of this profile look like those of the previous one.
    await waitForTitle(driver, iconProfile.shown);
    await waitForRows(driver, (names) => names.includes(harmless));
    assert.deepEqual(await madeOf(driver, areas.view), { links: 0, icons: 0 });
  });

  it('shows its error as text in a row', async function () {
    const driver = driverFor(this);
    await openFirst(driver, { profile: 'strange', bucket: 'docs' });
    const isFailure = (name: string) => name.includes('Strange');
    const names = await waitForRows(driver, (all) => all.some(isFailure));
    await assertText(driver, areas.view, names.filter(isFailure));
    assert.equal(names.find(isFailure)?.includes(harmless), true);
  });
});

/** Lists two buckets and refuses everything else with a hostile message. */
async function startHostileStore(): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const isList = new URL(url, 'http://store').pathname === '/';
    response.writeHead(isList ? 200 : 400, { 'content-type': 'application/xml' });
    response.end(
      isList
        ? `<ListAllMyBucketsResult><Buckets>${['docs', hostile].map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('')}</Buckets></ListAllMyBucketsResult>`
        : `<Error><Code>Strange</Code><Message>${hostile}</Message></Error>`,
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}
