import type { Locator, Page } from 'playwright-core';
import {
  insertIntoPrompt,
  readDialog,
  readNotifications,
  readQuickInput,
} from '../../host/driver/pageReaders.js';
import type { Message, QuickInput } from '../../host/driver/protocol.js';
import { pressKey, typeText } from '../../host/driver/keyboard.js';
import { poll } from '../../host/poll.js';
import { screenshot } from './screenshots.js';

const limitMs = 20_000;

/** The window as a person uses it: rows, menus, prompts, messages, the clipboard. */
export class Window {
  /** What was on the clipboard whenever it was looked at: the links among it must be nowhere else. */
  readonly handedOut: string[] = [];

  constructor(readonly page: Page) {
    page.setDefaultTimeout(limitMs);
  }

  picture(words: string): Promise<void> {
    return screenshot(this.page, words);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await typeText(this.page, text);
  }

  async openView(): Promise<void> {
    const heading = this.page.getByRole('heading', { name: /^S3: Buckets/ });
    await this.#openInSidebar(this.page.getByRole('tab', { name: 'S3', exact: true }), heading);
  }

  /** Whether the keyboard is on the rows of a view. */
  isInRows(): Promise<boolean> {
    return this.page.evaluate<boolean>(`document.activeElement?.getAttribute('role') === 'tree'`);
  }

  /**
   * Puts the keyboard on the rows of the view. As long as there are none, VS Code leaves the focus where it is, and so it
   * does while it draws them.
   */
  async focusView(): Promise<void> {
    await this.until('the focus in the view', async () => {
      await this.runCommand('Focus on Buckets View');
      await this.noQuickInput();
      return this.isInRows();
    });
  }

  /** An attribute of the row that the keyboard is on; empty where there is none. */
  async focusedRow(attribute: string): Promise<string> {
    const values = await this.page
      .locator('.pane-body .monaco-list-row.focused')
      .evaluateAll(
        (rows, name) =>
          rows.map((row: { getAttribute(name: string): string | null }) => row.getAttribute(name)),
        attribute,
      );
    return values[0] ?? '';
  }

  /** Goes down to the row whose label begins so. */
  async moveTo(label: string): Promise<void> {
    await this.until(`the focus on ${label}`, async () => {
      const from = await this.focusedRow('aria-label');
      if (from.startsWith(label)) return true;
      await this.press('ArrowDown');
      // Before it is drawn another one would go past the row that is looked for.
      await this.until('the next row', async () => (await this.focusedRow('aria-label')) !== from);
      return undefined;
    });
  }

  async openExplorer(): Promise<void> {
    const files = this.page.getByRole('tree', { name: 'Files Explorer' });
    await this.#openInSidebar(this.page.getByRole('tab', { name: /^Explorer/ }), files);
  }

  /** A click on a tab that is open already closes the bar, as where a window opens it by itself while it starts. */
  async #openInSidebar(tab: Locator, shown: Locator): Promise<void> {
    await this.until('the view', async () => {
      if (await shown.isVisible()) return true;
      await tab
        .first()
        .click({ timeout: 2000 })
        .catch(() => undefined);
      return shown.waitFor({ timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Opens a file of the workspace in an editor that stays. */
  async openFile(name: string): Promise<void> {
    await this.openExplorer();
    await this.page.getByRole('tree', { name: 'Files Explorer' }).getByText(name, { exact: true }).dblclick();
    await this.page.getByRole('tab', { name, selected: true }).waitFor();
  }

  /** A row of the view by the beginning of what a screen reader says of it: "Bucket acme", "Object a.txt". */
  row(label: string): Locator {
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.page.getByRole('treeitem', { name: new RegExp(`^${escaped}(?:,|$)`) });
  }

  /** A row that says what went wrong, by the beginning of its sentence. */
  problem(sentence: string): Locator {
    return this.page.getByRole('treeitem', { name: `Problem: ${sentence}` });
  }

  /** Opens the rows one below the other, those that are open already excepted. */
  async expand(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = this.row(label);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
      await this.page.locator('.pane-body .monaco-progress-container.active').waitFor({ state: 'hidden' });
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

  async chooseInMenu(row: string, command: string): Promise<void> {
    await this.openMenu(row);
    await this.clickMenuItem(command);
  }

  /** Clicks until the menu closes: for a moment after it opened it takes no click. */
  async clickMenuItem(name: string): Promise<void> {
    const item = this.menuItem(name);
    await item.waitFor();
    await this.until('the menu to close', async () => {
      if (!(await item.isVisible())) return true;
      await item.click({ timeout: 1000 }).catch(() => undefined);
      return undefined;
    });
  }

  /** Opens the palette again where something takes the keyboard from it: an edit that comes late, another prompt. */
  async runCommand(title: string): Promise<void> {
    const isWanted = ({ label }: { readonly label: string }) =>
      label === title || label.endsWith(`: ${title}`);
    let pressedAtMs = Number.NEGATIVE_INFINITY;
    const { items } = await this.until(`the command "${title}"`, async () => {
      const input = await this.page.evaluate(readQuickInput);
      if (input?.value.startsWith('>') === true) {
        // In one step with the look at the focus: in two, the title may end up in an editor.
        if (input.value === '>') await this.page.evaluate(insertIntoPrompt, title);
        return input.items.some(isWanted) && input.value !== '>' && input;
      }
      if (performance.now() - pressedAtMs < 2000) return undefined;
      pressedAtMs = performance.now();
      await this.press('F1');
      return undefined;
    });
    for (let above = items.findIndex(isWanted); above > 0; above -= 1) await pressKey(this.page, 'ArrowDown');
    await pressKey(this.page, 'Enter');
  }

  /** The open quick pick or input box, once it is as wanted. */
  quickInput(isWanted: (input: QuickInput) => boolean = () => true): Promise<QuickInput> {
    return this.until('the quick input', async () => {
      const input = await this.page.evaluate(readQuickInput);
      return input !== undefined && isWanted(input) && input;
    });
  }

  async hasQuickInput(): Promise<boolean> {
    return (await this.page.evaluate(readQuickInput)) !== undefined;
  }

  async noQuickInput(): Promise<void> {
    await this.until('no quick input', async () => !(await this.hasQuickInput()));
  }

  /** Clicks an item of the open list. */
  async choose(label: string): Promise<void> {
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

  /** Replaces what stands in the box. */
  async fill(text: string): Promise<void> {
    await this.press('Control+A');
    await this.type(text);
    await this.quickInput(({ value }) => value === text);
  }

  notifications(): Promise<readonly Message[]> {
    return this.page.evaluate(readNotifications);
  }

  notification(text: string | RegExp): Promise<Message> {
    const isWanted = ({ message }: Message) =>
      typeof text === 'string' ? message.includes(text) : text.test(message);
    return this.until(`a notification with ${String(text)}`, async () =>
      (await this.notifications()).find(isWanted),
    );
  }

  async clickNotificationButton(label: string): Promise<void> {
    await this.page
      .locator('.notification-list-item')
      .getByRole('button', { name: label, exact: true })
      .click();
  }

  async clearNotifications(): Promise<void> {
    await this.until('no notification', async () => {
      const toast = this.page.locator('.notification-list-item').first();
      if ((await toast.count()) === 0) return true;
      await toast.hover({ timeout: 1000 }).catch(() => undefined);
      await toast
        .locator('.codicon-notifications-clear')
        .click({ timeout: 1000 })
        .catch(() => undefined);
      return undefined;
    });
  }

  /** The modal dialog. */
  dialog(): Promise<Message> {
    return this.until('a dialog', () => this.page.evaluate(readDialog));
  }

  async noDialog(): Promise<void> {
    await this.page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  }

  async clickDialogButton(label: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: label, exact: true }).click();
  }

  async clipboard(): Promise<string> {
    const text = await this.page.evaluate<string>('navigator.clipboard.readText()');
    if (text !== mark && this.handedOut.at(-1) !== text) this.handedOut.push(text);
    return text;
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** Puts a mark on the clipboard, so that what is copied afterwards can be told from it. */
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
