/** What a quick pick or an input box shows. Of a long list only the drawn rows are known. */
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
  /** Whether Enter chooses it. */
  readonly isActive: boolean;
}

/** A row of the tree in the sidebar. */
export interface Row {
  readonly name: string;
  readonly description: string;
  readonly isSelected: boolean;
  /** Whether it is the focused row of the tree, which itself may not have the focus. */
  readonly isFocused: boolean;
  /** What a screen reader says about it. */
  readonly label: string;
  /** Its position from the top, counting rows out of sight. */
  readonly index: number;
  /** 1 for the buckets. */
  readonly level: number;
  readonly isOpen: boolean;
  /** A row with nothing below it is neither open nor closed. */
  readonly isClosed: boolean;
}

/** A notification or a modal dialog. */
export interface Message {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The regular expression that a message matches. */
export interface MessagePattern {
  readonly pattern: string;
  readonly flags: string;
}

export type ElementState = 'attached' | 'detached' | 'visible' | 'hidden';

/** Actions in the page, each with its arguments and its answer. */
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
  openListIfSuppressed: { ask: MessagePattern; answer: undefined };
  dialog: { ask: object; answer: Message | undefined };
  clickNotificationButton: { ask: { label: string }; answer: undefined };
  clickDialogButton: { ask: { label: string }; answer: undefined };
  screenshot: { ask: { path: string }; answer: undefined };
  storedState: { ask: object; answer: string };
  logText: { ask: object; answer: string };
}

export type DriverAction = keyof DriverActions;

/** The variable with the control server's address; absent if nothing drives the window. */
export const DRIVER_VARIABLE = 'SIGNPOST_DRIVER_URL';
