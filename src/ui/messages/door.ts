import {
  DocumentDropEdit as EditorDropEdit,
  l10n as editorL10n,
  languages as editorLanguages,
  QuickInputButtons,
  TreeItem as EditorTreeItem,
  window as editorWindow,
  type CancellationToken,
  type Command as EditorCommand,
  type Disposable,
  type DocumentDropOrPasteEditKind,
  type InputBox as EditorInputBox,
  type InputBoxValidationSeverity,
  type LogOutputChannel,
  type OpenDialogOptions,
  type Position,
  type Progress,
  type ProgressLocation,
  type ProviderResult,
  type QuickInput as EditorQuickInput,
  type QuickInputButton as EditorQuickInputButton,
  type QuickPick as EditorQuickPick,
  type QuickPickItem as EditorQuickPickItem,
  type SaveDialogOptions,
  type StatusBarAlignment,
  type StatusBarItem as EditorStatusBarItem,
  type Terminal,
  type TerminalOptions,
  type TextDocument,
  type TreeDataProvider as EditorTreeDataProvider,
  type TreeItemCollapsibleState,
  type TreeView as EditorTreeView,
  type TreeViewOptions,
  type Uri,
} from 'vscode';
import type { ShownHover } from './hover.js';
import { shown, unlinked, type Shown } from './shown.js';

/*
 * The part of VS Code's API that shows text, under the original names. It accepts escaped text only, because
 * VS Code turns parts of prompts, messages, lists and rows into icons and into links, which can run commands.
 * A lint rule keeps the rest of the interface from using the original.
 */

type Replace<Type, Members> = Omit<Type, keyof Members> & Members;

/** A string literal in the source; `never` for a composed string. */
type Written<Text extends string> = { readonly any?: 1 } extends Record<Text, unknown> ? never : Text;

/** Sentences in the language of the editor, with any text as arguments. */
export const l10n = {
  t<const Text extends string>(text: Written<Text>, ...args: readonly (string | number)[]): Shown {
    return unlinked(editorL10n.t(text, ...args.map((arg) => (typeof arg === 'string' ? shown(arg) : arg))));
  },
};

export type Command = Replace<EditorCommand, { title: Shown; tooltip?: Shown }>;

export type QuickPickItem = Replace<
  EditorQuickPickItem,
  { label: Shown; description?: Shown; detail?: Shown; buttons?: never }
>;

export type QuickInput = Replace<EditorQuickInput, { title: Shown | undefined }>;

export type QuickPick<Item extends QuickPickItem> = Replace<
  EditorQuickPick<Item>,
  { title: Shown | undefined; placeholder: Shown | undefined; buttons: readonly QuickInputButton[] }
>;

export type QuickInputButton = Replace<EditorQuickInputButton, { tooltip?: Shown }>;
/** VS Code sets its tooltip. */
export const backButton = QuickInputButtons.Back as QuickInputButton;

export interface InputBoxValidationMessage {
  readonly message: Shown;
  readonly severity: InputBoxValidationSeverity;
}

type InputBox = Replace<
  EditorInputBox,
  {
    title: Shown | undefined;
    prompt: Shown | undefined;
    placeholder: Shown | undefined;
    validationMessage: InputBoxValidationMessage | undefined;
    buttons: readonly QuickInputButton[];
  }
>;

type StatusBarItem = Replace<
  EditorStatusBarItem,
  {
    name: Shown;
    text: Shown;
    tooltip: Shown;
    command: string | Command;
    accessibilityInformation: { readonly label: Shown } | undefined;
  }
>;

export type TreeItem = Replace<
  EditorTreeItem,
  {
    label: Shown;
    description?: Shown;
    tooltip?: Shown;
    accessibilityInformation?: { readonly label: Shown };
    command?: Command;
    checkboxState?: never;
  }
>;
export const TreeItem = EditorTreeItem as unknown as new (
  label: Shown,
  state?: TreeItemCollapsibleState,
) => TreeItem;

export type TreeDataProvider<Node> = Replace<
  EditorTreeDataProvider<Node>,
  {
    getTreeItem(node: Node): TreeItem | Thenable<TreeItem>;
    resolveTreeItem?(item: TreeItem, node: Node, token: CancellationToken): ProviderResult<TreeItem>;
  }
>;

export type TreeView<Node> = Replace<
  EditorTreeView<Node>,
  { title: Shown; description?: Shown; message?: Shown; badge?: never }
>;

interface ModalOptions {
  readonly modal: true;
  readonly detail?: Shown;
}

interface ShowMessage {
  (message: Shown, ...buttons: readonly Shown[]): Thenable<Shown | undefined>;
  (message: Shown, options: ModalOptions, ...buttons: readonly Shown[]): Thenable<Shown | undefined>;
}

type Silent = 'activeTextEditor' | 'onDidCloseTerminal' | 'showTextDocument' | 'tabGroups';

interface ShowingWindow extends Pick<typeof editorWindow, Silent> {
  readonly showInformationMessage: ShowMessage;
  readonly showWarningMessage: ShowMessage;
  readonly showErrorMessage: ShowMessage;
  createInputBox(): InputBox;
  createOutputChannel(name: 'Signpost', options: { readonly log: true }): LogOutputChannel;
  createQuickPick<Item extends QuickPickItem>(): QuickPick<Item>;
  createStatusBarItem(id: string, alignment: StatusBarAlignment): StatusBarItem;
  createTerminal(options: Replace<TerminalOptions, { name: Shown; message?: never }>): Terminal;
  createTreeView<Node>(
    id: string,
    options: Replace<TreeViewOptions<Node>, { treeDataProvider: TreeDataProvider<Node> }>,
  ): TreeView<Node>;
  setStatusBarMessage(text: Shown, hideAfterMs: number): Disposable;
  showInputBox(options: InputBoxOptions, token: CancellationToken): Thenable<string | undefined>;
  showOpenDialog(
    options: Replace<OpenDialogOptions, { title: Shown; openLabel?: Shown; filters?: never }>,
  ): Thenable<Uri[] | undefined>;
  showSaveDialog(
    options: Replace<SaveDialogOptions, { title: Shown; saveLabel?: Shown }>,
  ): Thenable<Uri | undefined>;
  withProgress<Result>(
    options: { readonly location: ProgressLocation; readonly title: Shown; readonly cancellable: boolean },
    task: (
      progress: Progress<{ readonly message?: Shown; readonly increment?: number }>,
      token: CancellationToken,
    ) => Thenable<Result>,
  ): Thenable<Result>;
}

interface InputBoxOptions {
  readonly title: Shown;
  readonly prompt: Shown;
  readonly ignoreFocusOut: boolean;
  readonly validateInput: (value: string) => Shown | undefined;
}

export const window = editorWindow as unknown as ShowingWindow;

interface ShowingLanguages extends Pick<typeof editorLanguages, 'setTextDocumentLanguage'> {
  registerHoverProvider(
    selector: string,
    provider: { provideHover(document: TextDocument, position: Position): ProviderResult<ShownHover> },
  ): Disposable;
  registerDocumentDropEditProvider: typeof editorLanguages.registerDocumentDropEditProvider;
}

export const languages = editorLanguages as ShowingLanguages;

export const DocumentDropEdit = EditorDropEdit as new (
  insertText: string,
  title: Shown,
  kind: DocumentDropOrPasteEditKind,
) => EditorDropEdit;
