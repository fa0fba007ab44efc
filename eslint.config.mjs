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

/** The interface builds no request: what signs and sends stands in core. */
const forbidInUi = (...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: ['@aws-sdk/*', '@smithy/*', ...group] }] }],
});

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
  {
    files: ['src/core/**/*.ts'],
    rules: forbid(),
  },
  { files: ['src/core/connection/**/*.ts'], rules: forbid('**/storage/**', '**/links/**', '**/transfer/**') },
  { files: ['src/core/storage/**/*.ts'], rules: forbid('**/links/**', '**/transfer/**') },
  { files: ['src/core/links/**/*.ts'], rules: forbid('**/transfer/**') },
  { files: ['src/ui/**/*.ts'], rules: forbidInUi() },
  { files: ['src/ui/commands/**/*.ts'], rules: forbidInUi('./*', '**/commands/**', '**/tree/**') },
  { files: ['src/ui/tree/**/*.ts'], rules: forbidInUi('**/commands/**') },
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
