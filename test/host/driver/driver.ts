import { callsTo } from '../calls.js';
import { escapeRegExp } from '../../support/escapeRegExp.js';
import { poll, type PollOptions } from '../../support/poll.js';
import {
  DRIVER_VARIABLE,
  type DriverActions,
  type ElementState,
  type Message,
  type QuickInput,
  type Row,
} from './protocol.js';

/** Keyboard, mouse and eyes of a test. */
export interface Driver {
  type(text: string): Promise<void>;
  /** A key by Playwright's name: Enter, Escape, ArrowDown, Control+A. */
  press(key: string): Promise<void>;
  click(selector: string, button?: 'left' | 'right'): Promise<void>;
  /** Moves the pointer to an element from elsewhere. */
  hover(selector: string): Promise<void>;
  waitFor(selector: string, state?: ElementState): Promise<void>;
  /** The texts of the visible elements that a CSS selector finds. */
  visibleText(selector: string): Promise<string[]>;
  /** The drawn rows of the sidebar, from top to bottom, read in one step. */
  rows(): Promise<Row[]>;
  /** The open quick pick or input box. */
  quickInput(): Promise<QuickInput | undefined>;
  /** Waits for a quick pick or input box that `isWanted` accepts; by default any open one. */
  waitForQuickInput(isWanted?: (input: QuickInput) => boolean): Promise<QuickInput>;
  waitForNoQuickInput(): Promise<void>;
  /** Presses Enter in the prompt, and waits until it shows something else or is closed. */
  accept(): Promise<void>;
  notifications(): Promise<Message[]>;
  /** Opens the list of messages if VS Code does not pop up this one. The list takes the next Escape. */
  waitForNotification(text: string | RegExp): Promise<Message>;
  clickNotificationButton(label: string): Promise<void>;
  /** The modal dialog. */
  dialog(): Promise<Message | undefined>;
  waitForDialog(): Promise<Message>;
  clickDialogButton(label: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Everything the window remembers, as one text: globalState, workspaceState, storage, files. */
  storedState(): Promise<string>;
  /** All logs of the server, the extension host and the output channels, as one text. */
  logText(): Promise<string>;
}

const LIMIT_MS = 40_000;

/**
 * The driver of the window around this process; undefined if nothing drives the host, such as the desktop.
 */
export function connectDriver(url = process.env[DRIVER_VARIABLE]): Driver | undefined {
  return url === undefined ? undefined : driverThrough(callsTo<DriverActions>(url));
}

/** A driver that performs its actions through `send`: in this process, or in the one that has the page. */
export function driverThrough(send: ReturnType<typeof callsTo<DriverActions>>): Driver {
  const quickInput = () => send('quickInput', {});
  const notifications = () => send('notifications', {});
  const dialog = () => send('dialog', {});
  return {
    type: (text) => send('type', { text }),
    press: (key) => send('press', { key }),
    click: (selector, button) => send('click', { selector, button }),
    hover: (selector) => send('hover', { selector }),
    waitFor: (selector, state = 'visible') => send('waitFor', { selector, state, limitMs: LIMIT_MS }),
    visibleText: (selector) => send('visibleText', { selector }),
    rows: () => send('rows', {}),
    quickInput,
    waitForQuickInput: async (isWanted = () => true) => {
      let seen: QuickInput | undefined;
      const probe = async () => {
        seen = await quickInput();
        return seen !== undefined && isWanted(seen) && seen;
      };
      return until(() => `the quick input; there is ${describeInput(seen)}`, probe);
    },
    waitForNoQuickInput: async () => {
      await until('the quick input to close', async () => (await quickInput()) === undefined);
    },
    accept: async () => {
      const before = questionOf(await quickInput());
      await send('press', { key: 'Enter' });
      await until('the answer to be taken', async () => questionOf(await quickInput()) !== before);
    },
    notifications,
    waitForNotification: (text) => {
      const wanted = typeof text === 'string' ? new RegExp(escapeRegExp(text)) : text;
      const pattern = { pattern: wanted.source, flags: wanted.flags };
      return until(`a notification with ${String(text)}`, async () => {
        const shown = (await notifications()).find(({ message }) => wanted.test(message));
        if (shown === undefined) await send('openListIfSuppressed', pattern);
        return shown;
      });
    },
    clickNotificationButton: (label) => send('clickNotificationButton', { label }),
    dialog,
    waitForDialog: () => until('a dialog', dialog),
    clickDialogButton: (label) => send('clickDialogButton', { label }),
    screenshot: (path) => send('screenshot', { path }),
    storedState: () => send('storedState', {}),
    logText: () => send('logText', {}),
  };
}

/** A prompt's question, message and typed answer, but not its items, which may arrive later. */
function questionOf(input: QuickInput | undefined): string {
  return JSON.stringify([input?.title, input?.placeholder, input?.message, input?.value]);
}

/** Leaves out the typed text, which may be a secret. */
function describeInput(input: QuickInput | undefined): string {
  if (input === undefined) return 'none';
  const { title, value, items } = input;
  const labels = items.map(({ label, isActive }) => (isActive ? `${label} (active)` : label));
  return `"${title}" with ${value.length} letters and [${labels.join(' | ')}]`;
}

function until<T>(what: PollOptions['what'], probe: () => Promise<T | undefined | false>): Promise<T> {
  return poll(probe, { what, limitMs: LIMIT_MS });
}
