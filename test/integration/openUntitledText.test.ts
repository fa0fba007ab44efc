import assert from 'node:assert/strict';
import { openUntitledText } from '../../src/ui/transfer/openUntitledText.js';

describe('an untitled text that VS Code opens with another content', () => {
  for (const ending of ['\r\n', '\n'])
    it(`has its own content, with the line ending ${JSON.stringify(ending)}`, async () => {
      // VS Code opens it with U+FFFD in place of the half character. The backup of a closed text also takes the
      // place of the content, but no test can tell when it is being written.
      const content = `half \ud83d${ending}a character${ending}`;
      const document = await openUntitledText({ content, language: 'python' });
      assert.equal(document.getText(), content);
      assert.equal(document.languageId, 'python');
      assert.equal(document.version > 1, true, 'VS Code opened it unchanged');
    });
});
