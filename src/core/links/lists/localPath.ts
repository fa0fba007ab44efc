import { createHash } from 'node:crypto';

/** What file systems allow for one name, in bytes, with a margin for those that count differently. */
const maxNameBytes = 240;

/** The file name for the content of an object whose key ends in a slash; no other object gets it. */
export const folderContent = '%-';

/**
 * Where an object is saved below a folder. Different keys always have different paths, and none leads out of
 * the folder. A segment that is a valid file name stays as it is. Others contain `%`: an empty one is `%`, or
 * `%-` at the end of a key; one or two dots, backslashes and control characters are percent-encoded; long
 * segments are cut and get their hash. Names that look like one of these are encoded too.
 */
export function localPath(name: string): string {
  const folders = name.split('/');
  const file = folders.pop() ?? '';
  return [...folders.map((folder) => localName(folder) || '%'), localName(file) || folderContent].join('/');
}

function localName(segment: string): string {
  const isOdd = /^\.{1,2}$|^%-?$|[\\\p{Cc}]|%(?:[0-9A-F]{2}|~)/u.test(segment);
  const name = isOdd ? encode(segment) : segment;
  if (Buffer.byteLength(name, 'utf8') <= maxNameBytes) return name;
  const hash = createHash('sha256').update(segment).digest('hex').slice(0, 32);
  return `${firstBytes(name, maxNameBytes - 40)}%~${hash}`;
}

function encode(segment: string): string {
  const text = segment.replace(/[%\\\p{Cc}]/gu, percent);
  return /^\.{1,2}$/.test(text) ? text.replaceAll('.', '%2E') : text;
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** As many whole characters as fit. */
function firstBytes(text: string, bytes: number): string {
  return Buffer.from(text, 'utf8')
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\ufffd+$/u, '');
}
