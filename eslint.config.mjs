import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sizes = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50 }],
};

/** The layers below may not know the layers above. */
const forbid = (...group) => ({
  'no-restricted-imports': ['error', { paths: ['vscode'], patterns: [{ group: ['**/ui/**', ...group] }] }],
});

/** What VS Code renders no text of. The rest comes from ui/messages/door.ts, which takes escaped text only. */
const textless = {
  name: 'vscode',
  allowImportNames: [
    ...['CancellationTokenSource', 'ConfigurationTarget', 'DataTransferItem', 'Disposable'],
    ...['DocumentDropOrPasteEditKind', 'EventEmitter', 'ExtensionContext', 'ExtensionKind', 'ExtensionMode'],
    ...['InputBoxValidationSeverity', 'LogOutputChannel', 'Memento', 'Position', 'ProgressLocation'],
    ...['QuickInputButtons', 'QuickPickItemKind', 'Range', 'SecretStorage', 'StatusBarAlignment'],
    ...['TabInputCustom', 'TabInputNotebook', 'TabInputText', 'TabInputTextDiff', 'TerminalExitReason'],
    ...['TerminalExitStatus', 'TextDocument', 'TextEditor', 'ThemeColor', 'ThemeIcon'],
    ...['TreeDragAndDropController', 'TreeItemCollapsibleState', 'Uri', 'WorkspaceEdit'],
    ...['commands', 'env', 'version', 'workspace'],
  ],
  message: 'It shows text: take it from ui/messages/door.ts.',
};

/** The interface builds no request: what signs and sends stands in core. */
const forbidInUi = (...group) => ({
  'no-restricted-imports': [
    'error',
    { paths: [textless], patterns: [{ group: ['@aws-sdk/*', '@smithy/*', ...group] }] },
  ],
});

/** The rules about imports see neither `import()` nor what createRequire makes. */
const staticImports = {
  'no-restricted-syntax': [
    'error',
    {
      selector: "ImportExpression:matches([source.type!='Literal'], [source.value='vscode'])",
      message: 'Import vscode statically, and other modules by a literal.',
    },
    { selector: 'ImportDeclaration[source.value=/^(node:)?module$/]', message: 'Use import.' },
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'out/', '.vscode-test/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...sizes,
      // VS Code's API returns Thenable, which the rule overlooks by default.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: sizes,
  },
  { files: ['src/**/*.ts'], rules: staticImports },
  {
    files: ['src/core/**/*.ts'],
    rules: forbid(),
  },
  {
    files: ['src/core/failures/**/*.ts'],
    rules: forbid('**/connection/**', '**/storage/**', '**/links/**', '**/transfer/**'),
  },
  { files: ['src/core/connection/**/*.ts'], rules: forbid('**/storage/**', '**/links/**', '**/transfer/**') },
  { files: ['src/core/storage/**/*.ts'], rules: forbid('**/links/**', '**/transfer/**') },
  { files: ['src/core/links/**/*.ts'], rules: forbid('**/transfer/**') },
  { files: ['src/ui/**/*.ts', 'src/extension.ts'], rules: forbidInUi() },
  { files: ['src/ui/commands/**/*.ts'], rules: forbidInUi('./*', '**/commands/**', '**/tree/**') },
  { files: ['src/ui/tree/**/*.ts'], rules: forbidInUi('**/commands/**') },
  {
    files: ['src/ui/messages/{door,hover,showMessage}.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          checkThenables: true,
          allowForKnownSafeCalls: [{ from: 'package', package: 'mocha', name: ['it', 'describe'] }],
        },
      ],
    },
  },
);
