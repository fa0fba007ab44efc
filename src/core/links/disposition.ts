/** Removes control characters and lone surrogates, which no file system and no header can hold. */
export function withoutControlCharacters(fileName: string): string {
  return fileName.replace(/[\p{Cc}\p{Cs}]/gu, '');
}

/**
 * `attachment` with a file name that every client understands: an ASCII name and, if that differs from the
 * real one, the RFC 5987 encoding. AWS refuses a `response-content-disposition` that is not Latin-1.
 */
export function formatAttachment(fileName: string): string {
  const name = withoutControlCharacters(fileName);
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_');
  const quoted = `"${ascii.replace(/["\\]/g, '\\$&')}"`;
  // Some clients decode an escape or a percent sign in the quoted name, others do not: give both.
  const isPlain = ascii === name && !/["\\%]/.test(name);
  return `attachment; filename=${quoted}${isPlain ? '' : `; filename*=UTF-8''${encodeExtended(name)}`}`;
}

/** RFC 5987, section 3.2.1: only attr-chars stay unescaped. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The file name of a `Content-Disposition`, as the server wrote it: not yet safe for a file system.
 * `filename*` takes precedence over `filename`. Source: RFC 6266, sections 4 and 5; RFC 5987.
 */
export function parseFileName(header: string | undefined): string | undefined {
  const parameters = new Map<string, string>();
  const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g;
  for (const [, name = '', value = ''] of (header ?? '').matchAll(pattern)) {
    const isQuoted = value.startsWith('"');
    const text = isQuoted ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value.trim();
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), text);
  }
  const extended = decodeExtended(parameters.get('filename*') ?? '');
  const plain = parameters.get('filename');
  const name = extended ?? (plain === undefined ? undefined : fromBytes(plain));
  return name === '' ? undefined : name;
}

function decodeExtended(value: string): string | undefined {
  const [, charset = '', encoded = ''] = /^([\w-]+)'[^']*'(.*)$/.exec(value) ?? [];
  try {
    if (charset.toLowerCase() === 'utf-8') return decodeURIComponent(encoded);
  } catch {
    // Falls back to `filename`.
  }
  if (charset.toLowerCase() !== 'iso-8859-1') return undefined;
  return encoded.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** Node reads headers as Latin-1; most servers mean UTF-8. */
function fromBytes(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8');
  return /[\u0080-\uffff]/.test(text) && !decoded.includes('\ufffd') ? decoded : text;
}
