import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { isCall, serveCalls, type CallServer } from '../calls.js';
import type { Workbench } from '../workbench/workbench.js';
import { readDialog, readNotifications, readQuickInput, readRows } from './pageReaders.js';
import type { DriverAction, DriverActions } from './protocol.js';
import { pressKey, typeText } from './keyboard.js';

type Handlers = {
  [Action in DriverAction]: (
    ask: DriverActions[Action]['ask'],
    workbench: Workbench,
  ) => Promise<DriverActions[Action]['answer']>;
};

const CLICK_LIMIT_MS = 10_000;

const HANDLERS: Handlers = {
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
  dialog: (_, { page }) => page.evaluate(readDialog),
  clickNotificationButton: ({ label }, { page }) => clickButton(page, '.notification-list-item', label),
  clickDialogButton: ({ label }, { page }) => clickButton(page, '.monaco-dialog-box', label),
  screenshot: ({ path }, { page }) => nothing(page.screenshot({ path })),
  storedState: (_, workbench) => workbench.storedState(),
  logText: async (_, workbench) => {
    const logs = await Promise.all((await workbench.logFiles()).map((path) => readFile(path, 'utf8')));
    return [...logs, workbench.serverOutput()].join('\n');
  },
};

async function nothing(done: Promise<unknown>): Promise<undefined> {
  await done;
  return undefined;
}

function clickButton(page: Page, within: string, name: string): Promise<undefined> {
  const button = page.locator(within).getByRole('button', { name, exact: true });
  return nothing(button.first().click({ timeout: CLICK_LIMIT_MS }));
}

/** Starts the server through which tests drive the window; requests wait until it has opened. */
export function startControlServer(workbench: Promise<Workbench>): Promise<CallServer> {
  return serveCalls(async (ask) => {
    if (!isRequest(ask)) throw new Error('Unknown action.');
    return dispatch(ask, await workbench);
  });
}

type Request<Action extends DriverAction> = { readonly action: Action } & DriverActions[Action]['ask'];

function dispatch<Action extends DriverAction>(ask: Request<Action>, workbench: Workbench): Promise<unknown> {
  return HANDLERS[ask.action](ask, workbench);
}

/** The words beside the action are the client's, typed by the same table. */
function isRequest(ask: unknown): ask is Request<DriverAction> {
  return isCall(ask, HANDLERS);
}
