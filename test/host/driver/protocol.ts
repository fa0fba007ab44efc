/** What a quick pick or an input box shows. Of a long list only the rows that are drawn are known. */
export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt, or the complaint about the value. */
  readonly message: string;
  readonly items: readonly QuickInputItem[];
}

interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Whether Enter takes it. */
  readonly isActive: boolean;
}

/** A row of the tree in the sidebar. */
export interface Row {
  readonly name: string;
  readonly description: string;
  readonly isSelected: boolean;
  /** Whether it has the focus within the tree, which itself may be without. */
  readonly isFocused: boolean;
  /** What a screen reader says of it. */
  readonly label: string;
  /** Its place from the top, those that are out of sight included. */
  readonly index: number;
  /** 1 for the buckets. */
  readonly level: number;
  readonly isOpen: boolean;
  /** Neither open nor closed is a row with nothing below it. */
  readonly isClosed: boolean;
}

/** A notification or a modal dialog. */
export interface Message {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export type ElementState = 'attached' | 'detached' | 'visible' | 'hidden';

/** What can be asked of the page: the words of each request, and what it answers. */
export interface DriverActions {
  type: { ask: { text: string }; answer: undefined };
  press: { ask: { key: string }; answer: undefined };
  click: { ask: { selector: string; button?: 'left' | 'right' }; answer: undefined };
  hover: { ask: { selector: string }; answer: undefined };
  waitFor: { ask: { selector: string; state: ElementState; limitMs?: number }; answer: undefined };
  visibleText: { ask: { selector: string }; answer: string[] };
  rows: { ask: object; answer: Row[] };
  quickInput: { ask: object; answer: QuickInput | undefined };
  notifications: { ask: object; answer: Message[] };
  dialog: { ask: object; answer: Message | undefined };
  clickNotificationButton: { ask: { label: string }; answer: undefined };
  clickDialogButton: { ask: { label: string }; answer: undefined };
  screenshot: { ask: { path: string }; answer: undefined };
  storedState: { ask: object; answer: string };
  logText: { ask: object; answer: string };
}

export type DriverAction = keyof DriverActions;

/** The variable that tells the tests where the control server listens; absent where nothing drives the window. */
export const DRIVER_VARIABLE = 'SIGNPOST_DRIVER_URL';
