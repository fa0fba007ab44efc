import { StringDecoder } from 'node:string_decoder';
import { replaceUnprintable } from './unprintable.js';

/** The file name if the original contains nothing that a name can be made of. */
export const fallbackName = 'object';

/** Characters that Windows forbids, including the colon, which opens an alternate stream of a file there. */
const forbidden = /[<>:"|?*]/g;

/**
 * Leading spaces and dots. Dots hide a file, and shells and tools read such files automatically. HFS+ ignores invisible
 * characters when it compares names.
 */
const beginning = /^[\s\p{Default_Ignorable_Code_Point}]*(\.[\s.\p{Default_Ignorable_Code_Point}]*)?/u;

/** Windows devices, with any extension. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;

/** Files that Windows reads when it shows the folder or drive that contains them. */
const readByWindows = /^(?:desktop\.ini|autorun\.inf|(?:eh)?thumbs\.db|folder\.htt)$/i;

/**
 * Shortcuts and searches, which lead elsewhere, run something or contact a server as soon as their icon is drawn; and
 * extensions that Windows hides. Source: Chromium, `net/base/filename_util_internal.cc`, for the first three and for
 * class identifiers.
 */
const leadsElsewhere =
  /\.(?:lnk|scf|local|url|pif|desktop|webloc|inetloc|fileloc|library-ms|search-ms|searchconnector-ms|settingcontent-ms|appref-ms|\{[0-9a-f-]{36}\})$/i;

const maxNameBytes = 200;

/**
 * A name for a file in a folder, made from untrusted text in a key or a header: never a path, a device, a stream, a
 * hidden file, a shortcut, or an invisible name. The result is the same on every system, so that a file can be moved
 * between them. A safe name is unchanged. Takes time proportional to the length.
 */
export function safeFileName(written: string): string {
  const last = replaceUnprintable(written, () => '')
    .split(/[\\/]/)
    .findLast((segment) => /[^\s.]/.test(segment));
  const plain = trimEnd((last ?? '').replace(forbidden, '_'));
  const name = cut(plain.replace(beginning, (_, dots?: string) => (dots === undefined ? '' : '_')));
  return name === '' ? fallbackName : cut(disarm(name));
}

/** Whether Windows allows a file with this name. Source: "Naming Files, Paths, and Namespaces", Microsoft Learn. */
export function isWindowsName(name: string): boolean {
  return !/[<>:"\\|?*]|[. ]$/.test(name) && !device.test(name);
}

/** Windows drops trailing dots and spaces. A regular expression would be quadratic here. */
function trimEnd(name: string): string {
  let end = name.length;
  while (/[\s.]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

function disarm(name: string): string {
  const prefix = device.test(name) || readByWindows.test(name) ? '_' : '';
  const suffix = leadsElsewhere.test(name) ? '.download' : '';
  return prefix + name + suffix;
}

/**
 * Keeps the extension. File systems allow up to 255 bytes, and a suffix is added while the file is written. The cut is
 * marked, so that the new end of the name or of its stem is harmless.
 */
function cut(name: string): string {
  const bytes = Buffer.from(name, 'utf8');
  if (bytes.byteLength <= maxNameBytes) return name;
  const [extension = ''] = /\.[^.]{1,20}$/u.exec(name) ?? [];
  const ending = `_${extension}`;
  // Returns whole characters only.
  const stem = new StringDecoder('utf8').write(bytes.subarray(0, maxNameBytes - Buffer.byteLength(ending)));
  return stem + ending;
}
