import assert from 'node:assert/strict';
import { redact } from '../../../src/core/failures/redact.js';
import { processorMs } from '../support/processorTime.js';

/** Beginnings, repetitions and endings for a rule, so that its match is attempted from many positions. */
const pumps = [
  'http://',
  'https://a/',
  '://',
  'a:',
  'a:b@',
  '=:',
  '(a:b',
  '<Token>',
  '<Token>a',
  '<Token><![CDATA[',
  '<aToken',
  'AWS4-HMAC-SHA256',
  'Cookie: ',
  'Cookie:\n',
  'AWS4-HMAC-SHA256 ',
  'Signature',
  'Signature=',
  'Signature="',
  "Signature='",
  'Signature=\\',
  'Token ',
  'Token: ',
  'Token: Bearer ',
  'Token%25',
  'Token=[redacted]',
  'SecretAccess',
  'AKIA',
  'AKIA_',
  'eyJ.',
  'IQoJb3JpZ2lu',
  '0123456789abcdef'.repeat(4),
  '0123456789abcdeg',
  ' ',
  '\n',
  '"',
  '?',
  '&a=b',
] as const;

const prefixes = ['', 'x ', 'http://', '<Token>', 'Signature="', 'Token:'] as const;
const suffixes = ['', '?', '@h', '</Token', '"x', '\u0000'] as const;

function leastMs(text: string, times: number): number {
  return Math.min(...Array.from({ length: times }, () => processorMs(() => redact(text))));
}

interface Ends {
  readonly prefix: string;
  readonly suffix: string;
}

function pumped(pump: string, length: number, { prefix, suffix }: Ends): string {
  return `${prefix}${pump.repeat(Math.ceil(length / pump.length))}${suffix}`;
}

/**
 * Fails if eight times the length takes far more than eight times as long; skips texts that are fast anyway.
 */
function assertLinear(pump: string, length: number, ends: Ends): void {
  const long = pumped(pump, length, ends);
  const quickMs = length / 2048;
  if (leastMs(long, 1) < quickMs || leastMs(long, 3) < quickMs) return;
  const [shortMs, longMs] = [leastMs(pumped(pump, length / 8, ends), 5), leastMs(long, 3)];
  const what = JSON.stringify([ends.prefix, pump, ends.suffix]);
  assert.ok(longMs < 24 * Math.max(shortMs, 0.2), `${what}: ${shortMs} ms, then ${longMs} ms`);
}

describe('redact takes time in proportion to the text', () => {
  for (const pump of pumps) {
    it(`of 128 KB of ${JSON.stringify(pump)}`, () => {
      assertLinear(pump, 128 * 1024, { prefix: '', suffix: '' });
    });
  }

  it('with any text before and after', () => {
    for (const pump of pumps) {
      for (const prefix of prefixes) {
        for (const suffix of suffixes) assertLinear(pump, 16 * 1024, { prefix, suffix });
      }
    }
  });
});
