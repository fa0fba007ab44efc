import assert from 'node:assert/strict';
import { formatMessage, MessageError, type Message } from '../../../src/core/failures/message.js';

class SampleError extends MessageError {
  override readonly name = 'SampleError';
}

class FileError extends MessageError {
  override readonly remedy = 'openAwsConfig';
}

const rows: readonly (readonly [Message, string])[] = [
  [{ text: 'Plain.' }, 'Plain.'],
  [{ text: '{0} of {1}', args: [1, 'two'] }, '1 of two'],
  [{ text: '{1} before {0}', args: ['a', 'b'] }, 'b before a'],
  [{ text: '{0} and {0}', args: ['x'] }, 'x and x'],
  [{ text: '{0} {1}', args: ['only'] }, 'only {1}'],
  [{ text: '{0}', args: ['$& {1}', 'no'] }, '$& {1}'],
  [{ text: '{0}', args: [0] }, '0'],
  [{ text: '{} {a}', args: ['x'] }, '{} {a}'],
];

describe('formatMessage', () => {
  for (const [message, expected] of rows) {
    it(`writes ${JSON.stringify(message)}`, () => {
      assert.equal(formatMessage(message), expected);
    });
  }
});

describe('MessageError', () => {
  it('has the sentence as its message and keeps its parts', () => {
    const shown = { text: 'No {0}.', args: ['luck'] };
    const error = new SampleError(shown);
    assert.equal(error.message, 'No luck.');
    assert.deepEqual(error.userMessage, shown);
    assert.ok(error instanceof Error);
  });

  it('offers a retry by default, and never the AWS files for a connection', () => {
    const shown = { text: 'No luck.' };
    for (const signer of ['profile', 'connection'] as const) {
      assert.deepEqual(new SampleError(shown).explain(signer), { message: shown, remedy: 'retry' });
    }
    assert.equal(new FileError(shown).explain('profile').remedy, 'openAwsConfig');
    assert.equal(new FileError(shown).explain('connection').remedy, 'editConnection');
  });

  it('may have a detail for the log instead of the sentence', () => {
    const error = new SampleError({ text: 'No luck.' }, 'status 403');
    assert.equal(error.message, 'status 403');
    assert.equal(formatMessage(error.userMessage), 'No luck.');
  });
});
