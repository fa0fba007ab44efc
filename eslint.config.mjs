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
  {
    files: ['src/ui/commands/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['./*', '**/commands/**', '**/tree/**'] }] }],
    },
  },
  {
    files: ['src/ui/tree/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['**/commands/**'] }] }] },
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
