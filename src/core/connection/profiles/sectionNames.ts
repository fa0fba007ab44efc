/** Which of the two AWS files a text comes from: only the config file has different kinds of sections. */
export type AwsFileKind = 'config' | 'credentials';

interface NormalizedText {
  readonly text: string;
  /** The original names of the renamed sections. */
  readonly names: ReadonlyMap<string, string>;
}

/** Up to a comment, as the SDK's reader sees it. */
const header = /^\s*\[(.+?)\]\s*(?:\s[;#].*)?$/;
const prefixed = /^(profile|sso-session|services)\s+(?:"([^"]+)"|'([^']+)'|(\S+))$/;
/** What the SDK's reader takes for a prefix and a name, even in the credentials file. */
const twoWords = /^[\w-]+\s/;
/** A single one of these names makes the SDK fail to read the whole file. */
const unreadable = new Set(['__proto__', 'profile __proto__']);

/**
 * The text of an AWS file with names that the SDK's reader accepts: it skips every section of the config file whose
 * name contains anything but `A-Z a-z 0-9 _ - @ + . % : /`, which the AWS CLI does not (`_parse_section` in botocore's
 * `configloader.py`).
 */
export function normalizeSectionNames(text: string, kind: AwsFileKind): NormalizedText {
  const names = new Map<string, string>();
  const rename = (name: string): string => {
    const alias = `signpost:section:${names.size}`;
    names.set(alias, name);
    return alias;
  };
  const lines = text.split(/\r?\n/).map((line) => {
    const inner = header.exec(line)?.[1];
    if (inner === undefined) return line;
    if (kind === 'credentials') return isReadable(inner) ? line : `[${rename(inner)}]`;
    const words: readonly (string | undefined)[] = prefixed.exec(inner.trim()) ?? [];
    const [, section, double, single, bare] = words;
    const name = double ?? single ?? bare;
    if (section === undefined || name === undefined) return line;
    return `[${section} ${isSupportedName(name) ? name : rename(name)}]`;
  });
  return { text: lines.join('\n'), names };
}

/** Whether the SDK's reader accepts a config file section with this name. */
export function isSupportedName(name: string): boolean {
  return /^[\w\-@+.%:/]+$/.test(name) && !unreadable.has(name);
}

function isReadable(name: string): boolean {
  return !twoWords.test(name) && !unreadable.has(name);
}
