import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sizes = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50 }],
};

/** The folders of the core, each with the folders it may import from. */
const core = {
  text: [],
  failures: ['text'],
  async: ['text', 'failures'],
  connection: ['text', 'failures', 'async'],
  storage: ['text', 'failures', 'async', 'connection'],
  links: ['text', 'failures', 'async', 'connection', 'storage'],
  transfer: ['text', 'failures', 'async', 'connection', 'storage', 'links'],
};

/** The same for the interface. */
const ui = {
  messages: [],
  prompts: ['messages'],
  rows: ['messages'],
  connection: ['messages', 'prompts'],
  tree: ['messages', 'rows', 'connection'],
  search: ['messages', 'rows', 'connection'],
  files: ['messages', 'rows', 'connection'],
  transfer: ['messages', 'prompts', 'rows', 'connection'],
  links: ['messages', 'prompts', 'rows', 'connection', 'transfer'],
  editor: ['messages', 'prompts', 'rows', 'connection', 'transfer', 'links'],
  commands: ['messages', 'prompts', 'rows', 'connection', 'transfer', 'links', 'editor'],
};

/**
 * Matches imports that a folder may not make from its sibling folders. Leaves /core/ out, because folders of
 * ui and core share names.
 */
function unusable(folder, folders) {
  const names = Object.keys(folders).filter((name) => name !== folder && !folders[folder].includes(name));
  return {
    regex: `^\\.(?:(?!/core/).)*/(?:${names.join('|')})/`,
    message: 'The table in eslint.config.mjs does not allow it.',
  };
}

const forbidInCore = (...patterns) => ({
  'no-restricted-imports': ['error', { paths: ['vscode'], patterns: [{ group: ['**/ui/**'] }, ...patterns] }],
});

/**
 * Names of vscode that show no text. The rest comes from ui/messages/safeVscode.ts, which accepts escaped text
 * only.
 */
const textless = {
  name: 'vscode',
  allowImportNames: [
    ...['CancellationTokenSource', 'ConfigurationTarget', 'DataTransferItem', 'Disposable'],
    ...['DocumentDropOrPasteEditKind', 'EndOfLine', 'EventEmitter', 'ExtensionContext', 'ExtensionKind'],
    ...['ExtensionMode', 'InputBoxValidationSeverity', 'LogOutputChannel', 'Memento', 'Position'],
    ...['ProgressLocation', 'QuickInputButtons', 'QuickPickItemKind', 'Range', 'SecretStorage'],
    ...['StatusBarAlignment', 'TabInputCustom', 'TabInputNotebook', 'TabInputText', 'TabInputTextDiff'],
    ...['TerminalExitReason', 'TerminalExitStatus', 'TextDocument', 'TextEdit', 'TextEditor', 'ThemeColor'],
    ...['ThemeIcon', 'TreeDragAndDropController', 'TreeItemCollapsibleState', 'Uri', 'WorkspaceEdit'],
    ...['commands', 'env', 'version', 'workspace'],
  ],
  message: 'It shows text: take it from ui/messages/safeVscode.ts.',
};

/** The interface builds no requests: signing and sending belong to core. */
const forbidInUi = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { paths: [textless], patterns: [{ group: ['@aws-sdk/*', '@smithy/*'] }, ...patterns] },
  ],
});

/** The import rules see neither `import()` nor what createRequire returns. */
const staticImports = [
  {
    selector: "ImportExpression:matches([source.type!='Literal'], [source.value='vscode'])",
    message: 'Import vscode statically, and other modules by a literal.',
  },
  { selector: 'ImportDeclaration[source.value=/^(node:)?module$/]', message: 'Use import.' },
];

const handedIn = {
  selector: 'ImportExpression',
  message: 'What is loaded lazily is handed in by extension.ts.',
};

const untitled = {
  selector: "CallExpression[callee.property.name='openTextDocument'][arguments.0.type='ObjectExpression']",
  message: 'Use openUntitledText.',
};

/** Modules that extension.ts loads on demand. */
const lazy = { regex: '/(?:lazy|handlers)\\.js$' };

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
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...staticImports] } },
  {
    files: ['src/ui/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...staticImports, handedIn, untitled] },
  },
  { files: ['src/core/**/*.ts'], rules: forbidInCore() },
  ...Object.keys(core).map((folder) => ({
    files: [`src/core/${folder}/**/*.ts`],
    rules: forbidInCore(unusable(folder, core)),
  })),
  { files: ['src/ui/handlers.ts'], rules: forbidInUi() },
  { files: ['src/{extension,ui/lazy}.ts'], rules: forbidInUi({ group: ['**/commands/**'] }) },
  {
    files: ['src/ui/*.ts'],
    ignores: ['src/ui/{lazy,handlers}.ts'],
    rules: forbidInUi(lazy, { group: ['**/commands/**'] }),
  },
  ...Object.keys(ui).map((folder) => ({
    files: [`src/ui/${folder}/**/*.ts`],
    rules: forbidInUi(lazy, unusable(folder, ui), ...(folder === 'commands' ? [{ group: ['./*'] }] : [])),
  })),
  {
    files: ['src/ui/messages/{safeVscode,hover,showMessage}.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', untitled],
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
