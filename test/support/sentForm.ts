import assert from 'node:assert/strict';
import type { FormUpload } from '../../src/core/links/exchange.js';
import type { Link } from '../../src/core/links/sign.js';

/** What is sent with a link that is a form upload. */
export function sentForm({ sends }: Link): FormUpload {
  return sends.what === 'form' ? sends : assert.fail('expected a form upload');
}
