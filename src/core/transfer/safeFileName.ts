// Characters that Windows forbids, with the colon that opens a stream of a file there; the rest cannot be seen.
const forbidden = /[<>:"|?*]/g;
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{feff}\u{200b}]/gu;

/** Devices of Windows, with any extension. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;

const maxNameBytes = 200;

/**
 * A name for a file in a folder, out of what a stranger wrote into a key or a header: never a path, a device, a stream
 * or a name that cannot be seen. The same on every system, so that a file can move on.
 */
export function safeFileName(written: string): string {
  const last = written
    .toWellFormed()
    .split(/[\\/]/)
    .filter((segment) => !/^\s*\.*\s*$/.test(segment))
    .at(-1);
  const plain = (last ?? '').replace(invisible, '').replace(forbidden, '_');
  const name = shorten(plain.trim()).replace(/[. ]+$/, '');
  if (name === '') return 'download';
  return device.test(name) ? `_${name}` : name;
}

/** Keeps the extension. File systems count up to 255 bytes, and a suffix is added while the file is written. */
function shorten(name: string): string {
  if (Buffer.byteLength(name, 'utf8') <= maxNameBytes) return name;
  const extension = /\.[^.]{1,20}$/u.exec(name)?.[0] ?? '';
  const characters = Array.from(name.slice(0, name.length - extension.length));
  while (Buffer.byteLength(characters.join('') + extension, 'utf8') > maxNameBytes) characters.pop();
  return characters.join('') + extension;
}
