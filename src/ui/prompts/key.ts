import { env, ThemeIcon } from 'vscode';
import type { Connection } from '../../core/connection/connection.js';
import { formatBytes } from '../../core/text/formatEntry.js';
import { looksPresigned } from '../../core/links/parse/findLink.js';
import type { Message } from '../../core/failures/message.js';
import { keyProblem } from '../../core/storage/keys.js';
import { listPage } from '../../core/storage/listing.js';
import { showMessage } from '../messages/showMessage.js';
import { setUpInput, showPicker } from './inputs.js';
import type { Back, StepPlace } from './steps.js';
import { l10n, window, type QuickPick, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, withIcon, type SafeText } from '../messages/safeText.js';

export interface AskKeyOptions {
  readonly connection: () => Promise<Connection>;
  readonly bucket: string;
  readonly value: string;
  readonly placeholder: SafeText;
  /** Also offers all keys under a folder. */
  readonly orPrefix?: boolean;
}

export interface KeyAnswer {
  readonly key: string;
  readonly isPrefix: boolean;
}

interface KeyItem extends QuickPickItem {
  /**
   * The typed text, a folder to open, an object, all keys under a prefix, or a sentence that cannot be
   * chosen.
   */
  readonly role: 'typed' | 'folder' | 'object' | 'prefix' | 'problem';
  readonly key: string;
}

const typingPauseMs = 150;
const suggestions = 50;

/** Asks for an object key, typed or completed from the bucket's contents. The key need not exist. */
export async function askKey(
  place: StepPlace,
  options: AskKeyOptions,
): Promise<KeyAnswer | Back | undefined> {
  const picker = window.createQuickPick<KeyItem>();
  setUpInput(picker, place);
  picker.placeholder = options.placeholder;
  const box = keyBox(picker, place.title);
  const completion = completeFromServer({ picker, box }, options);
  picker.onDidHide(completion.stop);
  const answer = showPicker(picker, (item) => {
    if (item.role === 'object') return { key: item.key, isPrefix: false };
    if (item.role === 'prefix') return { key: item.key, isPrefix: true };
    if (item.role === 'folder') {
      box.set(item.key);
      completion.update();
      return undefined;
    }
    // Uses the text in the box; the item may be a keystroke behind.
    const key = box.get();
    return problemOf(key) === undefined ? { key, isPrefix: false } : undefined;
  });
  // After the list is shown: text set earlier would be selected, and the first keystroke would replace it.
  if (options.value !== '') box.set(options.value);
  completion.update();
  return answer;
}

interface KeyBox {
  readonly get: () => string;
  readonly set: (key: string) => void;
}

/**
 * The box and what it cannot hold: VS Code drops line breaks, so only the last line of such a key is in the
 * box.
 */
function keyBox(picker: QuickPick<KeyItem>, title: SafeText): KeyBox {
  let before = '';
  return {
    get: () => before + picker.value,
    set: (key) => {
      before = key.replace(/[^\r\n]*$/, '');
      picker.value = key.slice(before.length);
      picker.title = before === '' ? title : l10n.t('{0} (last line, after {1})', title, before);
    },
  };
}

function completeFromServer(
  { picker, box }: { readonly picker: QuickPick<KeyItem>; readonly box: KeyBox },
  options: AskKeyOptions,
): { update: () => void; stop: () => void } {
  let request = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    request.abort();
  };
  const update = () => {
    stop();
    request = new AbortController();
    const { signal } = request;
    const key = box.get();
    const typed = typedItem(key);
    const last = [
      ...(options.orPrefix === true ? prefixItems(key) : []),
      ...backToBucketItem(key, picker.value),
    ];
    const known = picker.items.filter(
      (item) => (item.role === 'folder' || item.role === 'object') && item.key.startsWith(key),
    );
    showItems(picker, [typed, ...known, ...last]);
    timer = setTimeout(() => {
      picker.busy = true;
      void listItems(options, { typed: key, signal }).then((items) => {
        if (signal.aborted) return;
        picker.busy = false;
        showItems(picker, [typed, ...items, ...last], picker.activeItems[0]);
      });
    }, typingPauseMs);
  };
  picker.onDidChangeValue(update);
  return { update, stop };
}

/** Makes the first item active, unless the previously active item is among them. */
function showItems(picker: QuickPick<KeyItem>, items: readonly KeyItem[], before?: KeyItem): void {
  picker.items = items;
  const active = items.find(({ role, key }) => role === before?.role && key === before.key) ?? items[0];
  if (active !== undefined) picker.activeItems = [active];
}

function typedItem(value: string): KeyItem {
  if (value === '') {
    const label = withIcon('edit', l10n.t('Type a key, or choose one'));
    return {
      label,
      detail: l10n.t('The object need not exist, but the key cannot be empty.'),
      role: 'problem',
      key: value,
      alwaysShow: true,
    };
  }
  const problem = problemOf(value);
  if (problem !== undefined)
    return { label: withIcon('error', showMessage(problem)), role: 'problem', key: value, alwaysShow: true };
  const slash = value.endsWith('/')
    ? { detail: l10n.t('Most programs show a key that ends in a slash as a folder.') }
    : {};
  return {
    // Only the key, without anything before it: VS Code sorts by the position of the match, and this item
    // must stay first.
    label: safeText(value),
    description: l10n.t('use this key'),
    iconPath: new ThemeIcon('edit'),
    role: 'typed',
    key: value,
    alwaysShow: true,
    ...slash,
  };
}

/** A link taken for a key would be remembered and shown in messages. */
function problemOf(value: string): Message | undefined {
  return looksPresigned(value)
    ? { text: 'This is a presigned URL, not a key. Enter the key of an object.' }
    : keyProblem(value);
}

function prefixItems(value: string): readonly KeyItem[] {
  if (value !== '' && !value.endsWith('/')) return [];
  return [
    {
      label: value === '' ? l10n.t('All keys of the bucket') : l10n.t('All keys in {0}', value),
      description: l10n.t('to create a list link, or a form for many files'),
      iconPath: new ThemeIcon('list-tree'),
      role: 'prefix',
      key: value,
      alwaysShow: true,
    },
  ];
}

/** Offers to start over at the bucket: text before the box cannot be deleted in it. */
function backToBucketItem(key: string, inBox: string): readonly KeyItem[] {
  if (key === inBox) return [];
  const label = l10n.t('Start from the bucket with another key');
  return [{ label, iconPath: new ThemeIcon('discard'), role: 'folder', key: '', alwaysShow: true }];
}

/** Folders and objects that begin with the typed text. Typing works without completion. */
async function listItems(
  { connection, bucket }: AskKeyOptions,
  { typed, signal }: { readonly typed: string; readonly signal: AbortSignal },
): Promise<readonly KeyItem[]> {
  try {
    const page = await listPage(await connection(), {
      bucket,
      prefix: typed,
      pageSize: suggestions,
      signal,
    });
    const folders = page.prefixes.map(
      (key) => ({ key, role: 'folder', iconPath: ThemeIcon.Folder, description: safeText('') }) as const,
    );
    const objects = page.objects.map(
      ({ key, sizeBytes }) =>
        ({
          key,
          role: 'object',
          iconPath: ThemeIcon.File,
          description: safeText(formatBytes(sizeBytes, env.language)),
        }) as const,
    );
    return [...folders, ...objects].map((item) => ({
      ...item,
      label: safeText(item.key),
      alwaysShow: true,
    }));
  } catch {
    return [];
  }
}
