import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../workbench/workbench.js';
import { pressKey, typeText } from './keyboard.js';
import {
  isMessageSuppressed,
  readDialog,
  readNotifications,
  readQuickInput,
  readRows,
} from './pageReaders.js';
import type { DriverAction, DriverActions } from './protocol.js';

/** The driven window: its page, stored state and logs. */
export type DrivenWindow = Pick<Workbench, 'page' | 'storedState' | 'logFiles' | 'serverOutput'>;

type Handlers = {
  [Action in DriverAction]: (
    ask: DriverActions[Action]['ask'],
    driven: DrivenWindow,
  ) => Promise<DriverActions[Action]['answer']>;
};

const CLICK_LIMIT_MS = 30_000;

export const ACTIONS: Handlers = {
  type: ({ text }, { page }) => nothing(typeText(page, text)),
  press: ({ key }, { page }) => nothing(pressKey(page, key)),
  click: ({ selector, button }, { page }) =>
    nothing(page.locator(selector).first().click({ button, timeout: CLICK_LIMIT_MS })),
  hover: async ({ selector }, { page }) => {
    await page.mouse.move(0, 0);
    await nothing(page.locator(selector).first().hover({ timeout: CLICK_LIMIT_MS }));
    return undefined;
  },
  waitFor: ({ selector, state, limitMs }, { page }) =>
    nothing(
      page
        .locator(selector)
        .first()
        .waitFor({ state, timeout: limitMs ?? CLICK_LIMIT_MS }),
    ),
  visibleText: ({ selector }, { page }) => page.locator(selector).filter({ visible: true }).allInnerTexts(),
  rows: (_, { page }) => page.evaluate(readRows),
  quickInput: (_, { page }) => page.evaluate(readQuickInput),
  notifications: (_, { page }) => page.evaluate(readNotifications),
  openListIfSuppressed: async (pattern, { page }) => {
    if (!(await page.evaluate(isMessageSuppressed, pattern))) return undefined;
    const bell = page.locator('[id="status.notifications"] a');
    return nothing(bell.dispatchEvent('click', {}, { timeout: CLICK_LIMIT_MS }));
  },
  dialog: (_, { page }) => page.evaluate(readDialog),
  // By an event, not at a place: a toast moves when one below it goes, and a click would miss it.
  clickNotificationButton: async ({ label }, { page }) => {
    const found = button(page, '.notification-list-item', label);
    // Tries whether a user could click it.
    await found.click({ trial: true, timeout: CLICK_LIMIT_MS });
    await nothing(found.dispatchEvent('click', {}, { timeout: CLICK_LIMIT_MS }));
  },
  clickDialogButton: ({ label }, { page }) =>
    nothing(button(page, '.monaco-dialog-box', label).click({ timeout: CLICK_LIMIT_MS })),
  screenshot: ({ path }, { page }) => nothing(page.screenshot({ path })),
  storedState: (_, driven) => driven.storedState(),
  logText: async (_, driven) => {
    const logs = await Promise.all((await driven.logFiles()).map((path) => readFile(path, 'utf8')));
    return [...logs, driven.serverOutput()].join('\n');
  },
};

async function nothing(done: Promise<unknown>): Promise<undefined> {
  await done;
  return undefined;
}

function button(page: Page, within: string, name: string): Locator {
  return page.locator(within).getByRole('button', { name, exact: true }).first();
}

/** Performs an action in a window. */
export function perform<Action extends DriverAction>(
  driven: DrivenWindow,
  action: Action,
  ask: DriverActions[Action]['ask'],
): Promise<DriverActions[Action]['answer']> {
  return ACTIONS[action](ask, driven);
}
