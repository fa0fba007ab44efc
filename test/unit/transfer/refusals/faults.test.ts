import assert from 'node:assert/strict';
import { linkFaults } from '../../../../src/core/transfer/refusals/linkFaults.js';
import { requestFaults } from '../../../../src/core/transfer/refusals/requestFaults.js';

function placeholders(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{\d\}/g)].map(([found]) => found);
}

/** The reason and the outcome, and at most one sentence that helps. */
const outcomes = {
  upload: /^[^.]+. Nothing was uploaded\.(?: [^.]+\.)?$/,
  download: /^[^.]+. Nothing was downloaded\.(?: [^.]+\.)?$/,
  test: /^(?!.*nothing was)[^.]+\.(?: [^.]+\.)?$/,
};

describe('the messages about refused links', () => {
  for (const [fault, sentences] of Object.entries({ ...linkFaults, ...requestFaults })) {
    it(`${fault}: state the outcome, with the same arguments`, () => {
      for (const use of ['upload', 'download', 'test'] as const) {
        assert.match(sentences[use], outcomes[use]);
        assert.deepEqual(placeholders(sentences[use]), placeholders(sentences.test));
      }
    });
  }
});
