import { keyProblem } from '../../src/core/storage/keys.js';
import { Random } from './random.js';

/** Building blocks of keys: everything that some encoder treats as special. */
const pieces = [
  ...Array.from('abcXYZ019'),
  ...Array.from(`-_.~!"#$&'()*+,:;<=>?@[\\]^\`{|}`),
  ...['/', '//', './', '../', '/.', '/..'],
  ...['%', '%20', '%2F', '%2f', '%25', '%C3%A9', '%zz'],
  ...[' ', '  ', '\t', '\n', '\r', '\u0001', '\u007f'],
  ...['é', 'e\u0301', 'ß', 'İ', '日本', '\u202e', '\u200d', '\ufeff', '\u{1f600}', '\u{10ffff}'],
];

/** Keys that S3 can hold, always the same for the same seed. */
export function generateKeys(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  const keys = new Set<string>();
  while (keys.size < count) {
    const length = 1 + random.below(24);
    const key = Array.from({ length }, () => random.pick(pieces)).join('');
    if (keyProblem(key) === undefined) keys.add(key);
  }
  return [...keys];
}
