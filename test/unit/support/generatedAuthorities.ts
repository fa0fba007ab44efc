import { Random } from '../../support/random.js';

/** Characters that end a host for one parser and belong to it for another, and some that look alike. */
const separators = [
  ...['@', '@@', '\\', '\\@', '@\\', '\\\\', '%40', '%5C', '%2f', '%00', '%2e'],
  ...[':', ':80', ':443', ':0', ':00080', ':99999', ':x', ':443\\@', ':\uff18\uff10'],
  ...['\t', '\n', '\r', '\0', ' ', '\u3000', '\u0085', '\u2028'],
  ...['.', '..', '\u3002', '\uff0e', '\u00ad', '\u200b', '\u202e', '\uff0f', '\u2044', '\ufe55'],
  ...[
    '[',
    ']',
    '!',
    '"',
    '$',
    '&',
    "'",
    '(',
    ')',
    '*',
    '+',
    ',',
    ';',
    '<',
    '=',
    '>',
    '^',
    '`',
    '{',
    '|',
    '}',
  ],
  ...['~', '_', '-', 'xn--', 'x', 'user', 'user:password@'],
];

export interface AuthorityPieces {
  /** Hosts with or without a port. */
  readonly hosts: readonly string[];
  readonly count: number;
  readonly seed: number;
}

/** Authorities of URLs as a stranger may write them; about every fourth is just one of the hosts. */
export function generateAuthorities({ hosts, count, seed }: AuthorityPieces): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const [first, separator] = [random.pick(hosts), random.pick(separators)];
    const shape = random.below(8);
    if (shape < 2) return first;
    if (shape < 4) return first + separator + random.pick(hosts);
    if (shape === 4) return separator + first;
    if (shape === 5) return first + separator;
    if (shape === 6) return first + separator + random.pick(separators) + random.pick(hosts);
    return first + random.pick(separators) + random.pick(hosts) + separator + random.pick(hosts);
  });
}
