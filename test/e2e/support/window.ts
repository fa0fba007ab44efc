import type { Locator, Page } from 'playwright-core';
import { perform, type DrivenWindow } from '../../host/driver/actions.js';
import { driverThrough, type Driver } from '../../host/driver/driver.js';
import type { Message, QuickInput, Row } from '../../host/driver/protocol.js';
import type { Workbench } from '../../host/workbench/workbench.js';
import { escapeRegExp } from '../../support/escapeRegExp.js';
import { poll } from '../../support/poll.js';
import { screenshot } from './screenshots.js';

const limitMs = 40_000;

/** The window as a user sees it: rows, menus, prompts, messages, the clipboard. */
export class Window {
  /** Everything read from the clipboard: links among it must not appear anywhere else. */
  readonly handedOut: string[] = [];
  readonly page: Page;
  readonly #driver: Driver;

  constructor(private readonly driven: DrivenWindow & Pick<Workbench, 'load'>) {
    this.page = driven.page;
    this.page.setDefaultTimeout(limitMs);
    this.#driver = driverThrough((action, ask) => perform(driven, action, ask));
  }

  picture(words: string): Promise<void> {
    return screenshot(this.page, words);
  }

  /** Reloads the window, like a restart of VS Code. */
  reload(): Promise<void> {
    return this.driven.load(this.page);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#driver.press(key);
  }

  type(text: string): Promise<void> {
    return this.#driver.type(text);
  }

  async openView(): Promise<void> {
    const heading = this.page.getByRole('heading', { name: /^S3: Buckets/ });
    await this.#openInSidebar(this.page.getByRole('tab', { name: 'S3', exact: true }), heading);
  }

  async openExplorer(): Promise<void> {
    const files = this.page.getByRole('tree', { name: 'Files Explorer' });
    await this.#openInSidebar(this.page.getByRole('tab', { name: /^Explorer/ }), files);
  }

  /** A click on the tab of an open view would close the side bar. */
  async #openInSidebar(tab: Locator, shown: Locator): Promise<void> {
    if (await shown.isVisible()) return;
    await tab.first().click();
    await shown.waitFor();
  }

  /** Opens a file of the workspace in a permanent editor, and waits until the editor has the focus. */
  async openFile(name: string): Promise<void> {
    await this.openTab(name);
    await this.page.waitForFunction(
      "document.activeElement?.closest('.part.editor') || document.activeElement?.matches('iframe.webview')",
    );
  }

  /** Opens a file whose editor may not take the focus. */
  async openTab(name: string): Promise<void> {
    await this.openExplorer();
    await this.page.getByRole('tree', { name: 'Files Explorer' }).getByText(name, { exact: true }).dblclick();
    await this.page.getByRole('tab', { name, selected: true }).waitFor();
  }

  /** Whether the rows of a view have the focus. */
  isInRows(): Promise<boolean> {
    return this.page.evaluate<boolean>(`document.activeElement?.getAttribute('role') === 'tree'`);
  }

  /** Focuses the rows of the view. While there are none, VS Code leaves the focus where it is. */
  async focusView(): Promise<void> {
    await this.page.locator('.pane-body .monaco-list-row').first().waitFor();
    await this.runCommand('S3: Focus on Buckets View');
    await this.until('the focus in the view', () => this.isInRows());
  }

  /** The rows of the view that are drawn. */
  rows(): Promise<readonly Row[]> {
    return this.#driver.rows();
  }

  /** The focused row. */
  async focusedRow(): Promise<Row | undefined> {
    return (await this.rows()).find(({ isFocused }) => isFocused);
  }

  /** Moves the focus up or down to the row whose label has this beginning; the row must be in sight. */
  async moveTo(label: string): Promise<void> {
    const target = await this.until(`the row ${label}`, async () =>
      (await this.rows()).find((row) => row.label.startsWith(label)),
    );
    const from = await this.until('the row of the keyboard', () => this.focusedRow());
    const step = Math.sign(target.index - from.index);
    for (let index = from.index; index !== target.index; index += step) {
      await this.press(step > 0 ? 'ArrowDown' : 'ArrowUp');
      await this.until('the next row', async () => (await this.focusedRow())?.index === index + step);
    }
  }

  /** A row by the beginning of its screen reader label: "Bucket acme", "Object a.txt". */
  row(label: string): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${escapeRegExp(label)}(?:,|$)`) });
  }

  /** A row about a failure, by the beginning of its sentence. */
  problem(sentence: string): Locator {
    return this.page.getByRole('treeitem', { name: `Problem: ${sentence}` });
  }

  /** Opens the rows one after the other, except those already open. */
  async expand(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = this.row(label);
      await row.waitFor();
      // VS Code drops an expansion that coincides with a refresh.
      await this.rowsDrawn();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
      await this.rowsDrawn();
    }
  }

  /** The entries of the open context menu; the window's own menu bar has entries too. */
  menuItem(name?: string): Locator {
    const options = name === undefined ? {} : { name, exact: true };
    return this.page.locator('.monaco-menu-container').getByRole('menuitem', options);
  }

  async openMenu(row: string): Promise<void> {
    await this.row(row).click({ button: 'right' });
    await this.menuItem().first().waitFor();
  }

  /** Chooses an entry of a row's menu: its title, after that of its submenu if it is in one. */
  async chooseInMenu(row: string, ...path: readonly [...submenus: string[], command: string]): Promise<void> {
    await this.openMenu(row);
    for (const submenu of path.slice(0, -1)) await this.openSubmenu(submenu);
    await this.chooseMenuItem(path.at(-1) ?? '');
  }

  async openSubmenu(name: string): Promise<void> {
    const before = await this.menuItem().count();
    await this.pointAt(name);
    await this.page.keyboard.press('ArrowRight');
    await this.menuItem().nth(before).waitFor();
  }

  /** By Enter: a menu ignores clicks for its first 100 ms (`BaseMenuActionViewItem.runOnceToEnableMouseUp`). */
  async chooseMenuItem(name: string): Promise<void> {
    await this.pointAt(name);
    await this.page.keyboard.press('Enter');
    await this.menuItem(name).waitFor({ state: 'detached' });
  }

  private async pointAt(name: string): Promise<void> {
    await this.menuItem(name).hover();
    const focused = this.page.locator('.monaco-menu-container .action-item.focused');
    await focused.getByRole('menuitem', { name, exact: true }).waitFor();
  }

  /** Runs a command from the palette by its title. */
  async runCommand(title: string): Promise<void> {
    // A focused tree takes the focus back after redrawing (`TreeView.doRefresh`) and closes the palette.
    await this.rowsDrawn();
    await this.press('F1');
    await this.quickInput(({ value }) => value === '>');
    await this.type(title);
    const isWanted = ({ label }: { readonly label: string }) => `: ${label}`.endsWith(`: ${title}`);
    const { items } = await this.quickInput(
      ({ value, items }) =>
        value === `>${title}` && items[0]?.isActive === true && items.some((item) => isWanted(item)),
    );
    // Titles that contain the words may be listed before the one that begins with them.
    for (const next of items.slice(1, items.findIndex(isWanted) + 1)) {
      await this.press('ArrowDown');
      await this.quickInput(({ items }) =>
        items.some(({ label, isActive }) => label === next.label && isActive),
      );
    }
    await this.press('Enter');
  }

  /** Waits until no row is being listed. */
  async rowsDrawn(): Promise<void> {
    await this.page.locator('.pane-body .monaco-progress-container.active').waitFor({ state: 'hidden' });
  }

  /** The open quick pick or input box, once it is as wanted. */
  quickInput(isWanted?: (input: QuickInput) => boolean): Promise<QuickInput> {
    return this.#driver.waitForQuickInput(isWanted);
  }

  async hasQuickInput(): Promise<boolean> {
    return (await this.#driver.quickInput()) !== undefined;
  }

  noQuickInput(): Promise<void> {
    return this.#driver.waitForNoQuickInput();
  }

  /** Clicks an item of the open list. If the mouse rested on an item, its hover would cover the others. */
  async choose(label: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.quickInput(({ items }) => items.some((item) => item.label === label));
    const row = this.page.locator('.quick-input-list .monaco-list-row');
    await row.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).click();
  }

  get backButton(): Locator {
    return this.page.locator('.quick-input-widget').getByRole('button', { name: /^Back/ });
  }

  async goBack(): Promise<void> {
    await this.backButton.click();
  }

  /** Replaces the text in the box. */
  async fill(text: string): Promise<void> {
    await this.press('Control+A');
    await this.type(text);
    await this.quickInput(({ value }) => value === text);
  }

  notifications(): Promise<readonly Message[]> {
    return this.#driver.notifications();
  }

  notification(text: string | RegExp): Promise<Message> {
    return this.#driver.waitForNotification(text);
  }

  clickNotificationButton(label: string): Promise<void> {
    return this.#driver.clickNotificationButton(label);
  }

  async clearNotifications(): Promise<void> {
    // VS Code keeps messages behind the bell that it no longer shows, or never popped up.
    const hasUnread = await this.page.locator('[id="status.notifications"] .codicon-bell-dot').isVisible();
    if (!hasUnread && (await this.notifications()).length === 0) return;
    await this.runCommand('Notifications: Clear All Notifications');
    await this.noNotification();
  }

  async noNotification(): Promise<void> {
    await this.until('no notification', async () => (await this.notifications()).length === 0);
  }

  dialog(): Promise<Message> {
    return this.#driver.waitForDialog();
  }

  async noDialog(): Promise<void> {
    await this.page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  }

  clickDialogButton(label: string): Promise<void> {
    return this.#driver.clickDialogButton(label);
  }

  async clipboard(): Promise<string> {
    const text = await this.page.evaluate<string>('navigator.clipboard.readText()');
    if (text !== mark && this.handedOut.at(-1) !== text) this.handedOut.push(text);
    return text;
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** Puts a mark on the clipboard, to recognize what is copied afterwards. */
  async markClipboard(): Promise<void> {
    await this.setClipboard(mark);
  }

  async isClipboardUntouched(): Promise<boolean> {
    return (await this.clipboard()) === mark;
  }

  /** What was copied since the mark. */
  copied(): Promise<string> {
    return this.until('something on the clipboard', async () => {
      const text = await this.clipboard();
      return text !== mark && text;
    });
  }

  until<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
    return poll(probe, { what, limitMs });
  }
}

const mark = 'nothing was copied since';
