/** Which of the two AWS files a text is of: only the config file has kinds of sections. */
export type AwsFileKind = 'config' | 'credentials';

interface PlainText {
  readonly text: string;
  /** What the sections that were renamed are called. */
  readonly names: ReadonlyMap<string, string>;
}

/** Up to a comment, as the SDK's reader sees it. */
const header = /^\s*\[(.+?)\]\s*(?:\s[;#].*)?$/;
const prefixed = /^(profile|sso-session|services)\s+(?:"([^"]+)"|'([^']+)'|(\S+))$/;
/** What the SDK's reader takes for a prefix and a name, in the credentials file too. */
const twoWords = /^[\w-]+\s/;
/** One name of these ends the SDK's reading of the whole file. */
const unreadable = new Set(['__proto__', 'profile __proto__']);

/**
 * The text of an AWS file with names that the SDK's reader takes: it passes over every section of the config file whose
 * name holds anything but `A-Z a-z 0-9 _ - @ + . % : /`, which the AWS CLI does not (`_parse_section` in botocore's
 * `configloader.py`).
 */
export function withPlainNames(text: string, kind: AwsFileKind): PlainText {
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
    return `[${section} ${isPlainName(name) ? name : rename(name)}]`;
  });
  return { text: lines.join('\n'), names };
}

/** Whether the SDK's reader takes a section of the config file by this name. */
export function isPlainName(name: string): boolean {
  return /^[\w\-@+.%:/]+$/.test(name) && !unreadable.has(name);
}

function isReadable(name: string): boolean {
  return !twoWords.test(name) && !unreadable.has(name);
}
