import { ESLint, Linter } from 'eslint';
import assert from 'node:assert/strict';
import tseslint from 'typescript-eslint';
import type * as door from '../../../src/ui/messages/door.js';
import type { ShownHover } from '../../../src/ui/messages/hover.js';

type Answer<Place> = string extends Place ? 'taken' : 'refused';

/** What each place says to a text that was not escaped. Where one would take it, this does not compile. */
const rawText: {
  readonly message: Answer<Parameters<typeof door.window.showErrorMessage>[0]>;
  readonly button: Answer<Parameters<typeof door.window.showErrorMessage>[1]>;
  readonly prompt: Answer<ReturnType<typeof door.window.createInputBox>['prompt']>;
  readonly complaint: Answer<door.InputBoxValidationMessage['message']>;
  readonly title: Answer<door.QuickInput['title']>;
  readonly label: Answer<door.QuickPickItem['label']>;
  readonly row: Answer<door.TreeItem['label']>;
  readonly tooltip: Answer<door.TreeItem['tooltip']>;
  readonly progress: Answer<Parameters<typeof door.window.withProgress>[0]['title']>;
  readonly status: Answer<Parameters<typeof door.window.setStatusBarMessage>[0]>;
  readonly hover: Answer<ShownHover>;
} = {
  message: 'refused',
  button: 'refused',
  prompt: 'refused',
  complaint: 'refused',
  title: 'refused',
  label: 'refused',
  row: 'refused',
  tooltip: 'refused',
  progress: 'refused',
  status: 'refused',
  hover: 'refused',
};

const eslint = new ESLint();

/** What the project's lint says to the imports of a file in `src/ui`. */
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

describe('the door to what VS Code renders', () => {
  it('takes no text that was not escaped', () => {
    assert.deepEqual([...new Set(Object.values(rawText))], ['refused']);
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
