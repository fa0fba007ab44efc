import type { Message, MessagePattern, QuickInput, Row } from './protocol.js';

/** The members of page elements that the readers use; this program has no DOM types. */
interface PageElement {
  readonly textContent: string | null;
  readonly value?: string;
  readonly offsetParent: unknown;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  contains(element: unknown): boolean;
}

declare const document: PageElement & {
  readonly activeElement: unknown;
  execCommand(command: 'insertText', showUi: false, text: string): boolean;
};

declare function requestAnimationFrame(callback: (ms: number) => void): number;

// These functions run in the page: they are sent there as text and can use nothing from outside themselves.

/** Reads the open quick pick or input box. */
export function readQuickInput(): QuickInput | undefined {
  const widget = document.querySelector('.quick-input-widget');
  const input = widget?.querySelector('.quick-input-box input, .quick-input-box textarea');
  if (!widget || widget.offsetParent === null) return undefined;
  const text = (element: PageElement, selector: string) =>
    (element.querySelector(selector)?.textContent ?? '').trim();
  const index = (row: PageElement) => Number(row.getAttribute('data-index'));
  // The list reuses its rows, so their order in the document is not the one on the screen.
  const rows = [...widget.querySelectorAll('.quick-input-list .monaco-list-row')];
  return {
    title: text(widget, '.quick-input-title'),
    placeholder: input?.getAttribute('placeholder') ?? '',
    value: input?.value ?? '',
    message: text(widget, '.quick-input-message'),
    items: rows
      .sort((a, b) => index(a) - index(b))
      .map((row) => ({
        label: text(row, '.label-name'),
        description: text(row, '.label-description'),
        detail: text(row, '.quick-input-list-label-meta'),
        isActive: (row.getAttribute('class') ?? '').split(' ').includes('focused'),
      })),
  };
}

/**
 * Waits until keys go to the right place: to a modal dialog, to the box of the open prompt, or neither is
 * open. Returns false if they still do not at the limit.
 */
export async function isKeyboardReady(limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (;;) {
    const widget = document.querySelector('.quick-input-widget');
    if (!widget || widget.offsetParent === null || document.querySelector('.monaco-dialog-box')) return true;
    if (widget.querySelector('.quick-input-box')?.contains(document.activeElement) === true) return true;
    if (performance.now() > end) return false;
    await new Promise(requestAnimationFrame);
  }
}

/** Inserts text once into the box of the open prompt, as soon as that has the focus. */
export async function insertIntoPrompt({
  text,
  limitMs,
}: {
  readonly text: string;
  readonly limitMs: number;
}): Promise<'inserted' | 'noPrompt' | 'noFocus'> {
  const end = performance.now() + limitMs;
  for (;;) {
    const widget = document.querySelector('.quick-input-widget');
    if (!widget || widget.offsetParent === null || document.querySelector('.monaco-dialog-box'))
      return 'noPrompt';
    const hasFocus = widget.querySelector('.quick-input-box')?.contains(document.activeElement) === true;
    if (hasFocus) return document.execCommand('insertText', false, text) ? 'inserted' : 'noFocus';
    if (performance.now() > end) return 'noFocus';
    await new Promise(requestAnimationFrame);
  }
}

/** Reads the rows that are drawn in the sidebar, from top to bottom. */
export function readRows(): Row[] {
  const text = (element: PageElement, selector: string) => element.querySelector(selector)?.textContent ?? '';
  const index = (row: PageElement) => Number(row.getAttribute('data-index'));
  const rows = [...document.querySelectorAll('.part.sidebar .monaco-list-row')];
  return rows
    .filter(({ offsetParent }) => offsetParent !== null)
    .sort((a, b) => index(a) - index(b))
    .map((row) => ({
      name: text(row, '.label-name'),
      description: text(row, '.label-description'),
      isSelected: row.getAttribute('aria-selected') === 'true',
      isFocused: (row.getAttribute('class') ?? '').split(' ').includes('focused'),
      label: row.getAttribute('aria-label') ?? '',
      index: index(row),
      level: Number(row.getAttribute('aria-level')),
      isOpen: row.getAttribute('aria-expanded') === 'true',
      isClosed: row.getAttribute('aria-expanded') === 'false',
    }));
}

/** Reads the visible notifications. A hidden list may keep rows of cleared ones. */
export function readNotifications(): Message[] {
  const items = [...document.querySelectorAll('.notification-list-item')];
  const shown = items.filter(({ offsetParent }) => offsetParent !== null);
  return shown.map((item) => ({
    message: (item.querySelector('.notification-list-item-message')?.textContent ?? '').trim(),
    detail: '',
    buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')]
      .map((button) => (button.textContent ?? '').trim())
      .filter((label) => label !== ''),
  }));
}

/**
 * Whether VS Code announced a message to screen readers but does not pop it up: of the messages within 800 ms
 * it shows three (`NotificationsToasts.SPAM_PROTECTION`). Only the last announcement can be read. False while
 * a prompt or a dialog is open, which would lose the focus.
 */
export async function isMessageSuppressed({ pattern, flags }: MessagePattern): Promise<boolean> {
  const wanted = new RegExp(pattern, flags);
  const texts = (selector: string) =>
    [...document.querySelectorAll(selector)]
      .filter(({ offsetParent }) => offsetParent !== null)
      .map(({ textContent }) => (textContent ?? '').trim());
  const isAnnounced = () =>
    texts('.monaco-alert').some((text) => wanted.test(text.replace(/^(?:Error|Info|Warning): /, '')));
  // An announcement stays when its message has been cleared.
  const hasUnread = () => document.querySelector('[id="status.notifications"] .codicon-bell-dot') !== null;
  const isBusy = () =>
    texts('.quick-input-widget').length > 0 || document.querySelector('.monaco-dialog-box') !== null;
  for (let frames = 0; frames < 10; frames += 1) {
    if (!hasUnread() || !isAnnounced() || isBusy()) return false;
    await new Promise(requestAnimationFrame);
  }
  return !texts('.notification-list-item-message').some((text) => wanted.test(text));
}

/** Reads the modal dialog. */
export function readDialog(): Message | undefined {
  const box = document.querySelector('.monaco-dialog-box');
  if (!box) return undefined;
  const text = (selector: string) => (box.querySelector(selector)?.textContent ?? '').trim();
  // A message without a detail is shown in the detail's place.
  const [message, detail] = [text('.dialog-message-text'), text('.dialog-message-detail')];
  return {
    message: message === '' ? detail : message,
    detail: message === '' ? '' : detail,
    buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')]
      .map((button) => (button.textContent ?? '').trim())
      .filter((label) => label !== ''),
  };
}
