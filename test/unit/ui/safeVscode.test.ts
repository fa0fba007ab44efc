import { ESLint, Linter } from 'eslint';
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

const declared = `
  import * as safeVscode from '../../../src/ui/messages/safeVscode.js';
  import type { SafeHover } from '../../../src/ui/messages/hover.js';
  import type { SafeText } from '../../../src/ui/messages/safeText.js';
  declare const { window, l10n, DocumentDropEdit, TreeItem }: typeof safeVscode;
  declare const text: TEXT;
  declare const severity: safeVscode.InputBoxValidationMessage['severity'];
  declare const input: ReturnType<typeof window.createInputBox>;
  declare const pick: ReturnType<typeof window.createQuickPick>;
  declare const view: ReturnType<typeof window.createTreeView>;
  declare const status: ReturnType<typeof window.createStatusBarItem>;
  declare const row: safeVscode.TreeItem;
  declare let item: safeVscode.QuickPickItem;
  declare let hover: SafeHover;
  declare const progress: Parameters<Parameters<typeof window.withProgress>[1]>[0];
  declare const ask: Parameters<typeof window.showInputBox>[0];
  declare const command: safeVscode.Command;
  declare const good: SafeText;
`;

/** Every place where VS Code shows text, as a statement that passes it. */
const places: readonly string[] = [
  'void window.showErrorMessage(text);',
  'void window.showWarningMessage(good, text);',
  'void window.showInformationMessage(good, { modal: true, detail: text });',
  'input.title = text;',
  'input.prompt = text;',
  'input.placeholder = text;',
  'input.buttons = [{ tooltip: text, iconPath: undefined as never }];',
  'input.validationMessage = { message: text, severity };',
  'pick.title = text;',
  'pick.placeholder = text;',
  'pick.buttons = [{ tooltip: text, iconPath: undefined as never }];',
  'item = { label: text };',
  'item = { label: good, description: text };',
  'item = { label: good, detail: text };',
  'row.label = text;',
  'row.description = text;',
  'row.tooltip = text;',
  'row.accessibilityInformation = { label: text };',
  "row.command = { title: text, command: '' };",
  'new TreeItem(text);',
  'view.title = text;',
  'view.description = text;',
  'view.message = text;',
  'status.name = text;',
  'status.text = text;',
  'status.tooltip = text;',
  'status.accessibilityInformation = { label: text };',
  'status.command = { ...command, tooltip: text };',
  'window.createTerminal({ name: text });',
  'window.setStatusBarMessage(text, 1);',
  'void window.showInputBox({ ...ask, title: text }, undefined as never);',
  'void window.showInputBox({ ...ask, prompt: text }, undefined as never);',
  'void window.showInputBox({ ...ask, validateInput: () => text }, undefined as never);',
  'void window.showInformationMessage(good, { modal: true }, text);',
  'void window.showOpenDialog({ title: text });',
  'void window.showOpenDialog({ title: good, openLabel: text });',
  'void window.showSaveDialog({ title: text });',
  'void window.showSaveDialog({ title: good, saveLabel: text });',
  'void window.withProgress({ location: 1, title: text, cancellable: true }, () => Promise.resolve());',
  'progress.report({ message: text });',
  "new DocumentDropEdit('', text, undefined as never);",
];

/** Statements that never compile, whatever the type of `text`. */
const neverTaken: readonly string[] = [
  'row.checkboxState = { state: 0, tooltip: text };',
  'view.badge = { tooltip: text, value: 1 };',
  'window.createOutputChannel(text, { log: true });',
  'hover = text;',
  'l10n.t(`${text}`);',
  "l10n.t('a' + text);",
];

/** The statements that do not compile if `text` has this type. */
function refused(type: 'string' | 'SafeText', statements: readonly string[]): readonly string[] {
  const head = declared.replace('TEXT', type);
  const source = [head, ...statements].join('\n');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)).config,
    ts.sys,
    '.',
  );
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  const file = resolve('test/unit/ui/places.ts');
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2023) : getSourceFile(path, ...rest);
  const program = ts.createProgram([file], options, host);
  const first = head.split('\n').length;
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ start = 0, messageText }) => {
    const line = source.slice(0, start).split('\n').length - 1;
    return statements[line - first] ?? ts.flattenDiagnosticMessageText(messageText, ' ');
  });
}

const eslint = new ESLint();

/** The complaints of the project's lint about imports in a file of `src/ui`. */
async function importProblems(code: string, file: string): Promise<readonly string[]> {
  const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
  const rules = { 'no-restricted-imports': config.rules?.['no-restricted-imports'] ?? 'off' };
  const problems = new Linter().verify(
    code,
    [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, rules }],
    { filename: file },
  );
  return problems.map(({ message }) => message);
}

describe('the gateway to what VS Code renders', () => {
  it('accepts no unescaped text in any place that shows it', () => {
    assert.deepEqual(refused('string', [...places, ...neverTaken]), [...places, ...neverTaken]);
  });

  it('accepts escaped text', () => {
    assert.deepEqual(refused('SafeText', [...places, ...neverTaken]), neverTaken);
  });

  for (const code of [
    `import { window } from 'vscode';`,
    `import { window as other } from 'vscode';`,
    `import { l10n, Uri } from 'vscode';`,
    `import type { QuickPick } from 'vscode';`,
    `import { TreeItem } from 'vscode';`,
    `import { MarkdownString } from 'vscode';`,
    `import * as vscode from 'vscode';`,
    `import vscode from 'vscode';`,
    `export { window } from 'vscode';`,
  ]) {
    it(`is the only way: lint refuses ${code}`, async () => {
      for (const file of ['src/ui/run.ts', 'src/ui/commands/a.ts', 'src/ui/tree/a.ts', 'src/extension.ts'])
        assert.equal((await importProblems(code, file)).length > 0, true, file);
    });
  }

  it('leaves the rest of the API open', async () => {
    const code = `import { Uri, commands, type TextDocument } from 'vscode';`;
    assert.deepEqual(await importProblems(code, 'src/ui/run.ts'), []);
  });
});
