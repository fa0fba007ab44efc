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
import type { SafeHover } from './hover.js';
import { safeText, escapeLinks, type SafeText } from './safeText.js';

/*
 * The part of VS Code's API that shows text, under the original names. It accepts escaped text only, because
 * VS Code turns parts of prompts, messages, lists and rows into icons and into links, which can run commands.
 * A lint rule keeps the rest of the interface from using the original.
 */

type Replace<Type, Members> = Omit<Type, keyof Members> & Members;

/** A string literal in the source; `never` for a composed string. */
type LiteralText<Text extends string> = { readonly any?: 1 } extends Record<Text, unknown> ? never : Text;

/** Sentences in the language of the editor, with any text as arguments. */
export const l10n = {
  t<const Text extends string>(text: LiteralText<Text>, ...args: readonly (string | number)[]): SafeText {
    return escapeLinks(
      editorL10n.t(text, ...args.map((arg) => (typeof arg === 'string' ? safeText(arg) : arg))),
    );
  },
};

export type Command = Replace<EditorCommand, { title: SafeText; tooltip?: SafeText }>;

export type QuickPickItem = Replace<
  EditorQuickPickItem,
  { label: SafeText; description?: SafeText; detail?: SafeText; buttons?: never }
>;

export type QuickInput = Replace<EditorQuickInput, { title: SafeText | undefined }>;

export type QuickPick<Item extends QuickPickItem> = Replace<
  EditorQuickPick<Item>,
  { title: SafeText | undefined; placeholder: SafeText | undefined; buttons: readonly QuickInputButton[] }
>;

export type QuickInputButton = Replace<EditorQuickInputButton, { tooltip?: SafeText }>;
/** VS Code sets its tooltip. */
export const backButton = QuickInputButtons.Back as QuickInputButton;

export interface InputBoxValidationMessage {
  readonly message: SafeText;
  readonly severity: InputBoxValidationSeverity;
}

type InputBox = Replace<
  EditorInputBox,
  {
    title: SafeText | undefined;
    prompt: SafeText | undefined;
    placeholder: SafeText | undefined;
    validationMessage: InputBoxValidationMessage | undefined;
    buttons: readonly QuickInputButton[];
  }
>;

type StatusBarItem = Replace<
  EditorStatusBarItem,
  {
    name: SafeText;
    text: SafeText;
    tooltip: SafeText;
    command: string | Command;
    accessibilityInformation: { readonly label: SafeText } | undefined;
  }
>;

export type TreeItem = Replace<
  EditorTreeItem,
  {
    label: SafeText;
    description?: SafeText;
    tooltip?: SafeText;
    accessibilityInformation?: { readonly label: SafeText };
    command?: Command;
    checkboxState?: never;
  }
>;
export const TreeItem = EditorTreeItem as unknown as new (
  label: SafeText,
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
  { title: SafeText; description?: SafeText; message?: SafeText; badge?: never }
>;

interface ModalOptions {
  readonly modal: true;
  readonly detail?: SafeText;
}

interface ShowMessage {
  (message: SafeText, ...buttons: readonly SafeText[]): Thenable<SafeText | undefined>;
  (message: SafeText, options: ModalOptions, ...buttons: readonly SafeText[]): Thenable<SafeText | undefined>;
}

type TextlessMembers = 'activeTextEditor' | 'onDidCloseTerminal' | 'showTextDocument' | 'tabGroups';

interface SafeWindow extends Pick<typeof editorWindow, TextlessMembers> {
  readonly showInformationMessage: ShowMessage;
  readonly showWarningMessage: ShowMessage;
  readonly showErrorMessage: ShowMessage;
  createInputBox(): InputBox;
  createOutputChannel(name: 'Signpost', options: { readonly log: true }): LogOutputChannel;
  createQuickPick<Item extends QuickPickItem>(): QuickPick<Item>;
  createStatusBarItem(id: string, alignment: StatusBarAlignment): StatusBarItem;
  createTerminal(options: Replace<TerminalOptions, { name: SafeText; message?: never }>): Terminal;
  createTreeView<Node>(
    id: string,
    options: Replace<TreeViewOptions<Node>, { treeDataProvider: TreeDataProvider<Node> }>,
  ): TreeView<Node>;
  setStatusBarMessage(text: SafeText, hideAfterMs: number): Disposable;
  showInputBox(options: InputBoxOptions, token: CancellationToken): Thenable<string | undefined>;
  showOpenDialog(
    options: Replace<OpenDialogOptions, { title: SafeText; openLabel?: SafeText; filters?: never }>,
  ): Thenable<Uri[] | undefined>;
  showSaveDialog(
    options: Replace<SaveDialogOptions, { title: SafeText; saveLabel?: SafeText }>,
  ): Thenable<Uri | undefined>;
  withProgress<Result>(
    options: { readonly location: ProgressLocation; readonly title: SafeText; readonly cancellable: boolean },
    task: (
      progress: Progress<{ readonly message?: SafeText; readonly increment?: number }>,
      token: CancellationToken,
    ) => Thenable<Result>,
  ): Thenable<Result>;
}

interface InputBoxOptions {
  readonly title: SafeText;
  readonly prompt: SafeText;
  readonly ignoreFocusOut: boolean;
  readonly validateInput: (value: string) => SafeText | undefined;
}

export const window = editorWindow as unknown as SafeWindow;

interface SafeLanguages extends Pick<typeof editorLanguages, 'setTextDocumentLanguage'> {
  registerHoverProvider(
    selector: string,
    provider: { provideHover(document: TextDocument, position: Position): ProviderResult<SafeHover> },
  ): Disposable;
  registerDocumentDropEditProvider: typeof editorLanguages.registerDocumentDropEditProvider;
}

export const languages = editorLanguages as SafeLanguages;

export const DocumentDropEdit = EditorDropEdit as new (
  insertText: string,
  title: SafeText,
  kind: DocumentDropOrPasteEditKind,
) => EditorDropEdit;
