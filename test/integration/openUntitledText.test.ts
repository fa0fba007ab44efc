import assert from 'node:assert/strict';
import { window } from 'vscode';
import { openUntitledText } from '../../src/ui/transfer/openUntitledText.js';
import { dropTexts } from './support/openText.js';

describe('an untitled text that VS Code opens with another content', () => {
  afterEach(dropTexts);

  for (const ending of ['\r\n', '\n'])
    it(`has its own content, with the line ending ${JSON.stringify(ending)}`, async () => {
      // VS Code opens it with U+FFFD in place of the half character. The backup of a closed text also takes the
      // place of the content, but no test can tell when it is being written.
      const content = `half \ud83d${ending}a character${ending}`;
      const document = await openUntitledText({ content, language: 'python' });
      // An unsaved text without an editor would get one in the middle of a later test.
      await window.showTextDocument(document);
      assert.equal(document.getText(), content);
      assert.equal(document.languageId, 'python');
      assert.equal(document.version > 1, true, 'VS Code opened it unchanged');
    });
});
