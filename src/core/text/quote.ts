import { hasUnprintable, replaceUnprintable } from './unprintable.js';

/**
 * Quotes a word for a POSIX shell: inside single quotes, only the quote itself is special. A control character acts on
 * the terminal that a command is pasted into, quoted or not, so a word with one is left to `printf`, which takes every
 * byte by its octal code. (dash does not support `$'\003'`.) Command substitution drops trailing line breaks of a word:
 * they stay as they are, which {@link isInert} detects.
 */
export function quotePosix(word: string): string {
  const text = word.replace(/\n+$/, '');
  const end = text === word ? '' : `'${word.slice(text.length)}'`;
  // Fish interprets a backslash within single quotes, other shells do not; outside of them all shells agree.
  if (!hasUnprintable(text)) return `'${text.replace(/['\\]/g, String.raw`'\$&'`)}'${end}`;
  // Bash interprets "!" within double quotes. A leading hyphen would be an option of printf.
  const format = text.replace(/%/g, '%%').replace(/^-|['!\\]/g, octalBytes);
  return `"$(printf '${replaceUnprintable(format, octalBytes)}')"${end}`;
}

/** The bytes of a character as `printf` reads them. */
export function octalBytes(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/**
 * Whether a text can be pasted into a terminal without anything in it acting before Enter or hiding what will run.
 * `layout` contains the line breaks and tabs that the format itself writes.
 */
export function isInert(text: string, layout: '' | '\n' | '\n\t'): boolean {
  return !hasUnprintable(text, layout);
}

/**
 * Quotes a word for PowerShell, which also ends a single-quoted string at typographic quotes; a doubled quote is
 * literal. Unprintable characters are written as an expression that Windows PowerShell understands too.
 * Source: about_Quoting_Rules, and `IsSingleQuote` in PowerShell's CharTraits.cs; about_Parsing.
 */
export function quotePowerShell(word: string): string {
  const text = `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  if (!hasUnprintable(word)) return text;
  return `(${replaceUnprintable(text, (character) => `' + [char]${character.charCodeAt(0)} + '`)})`;
}

/** Quotes a value for a curl options file. Source: curl's manual, `--config`. */
export function quoteCurlConfig(value: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };
  return `"${value.replace(/["\\\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`)}"`;
}

/** Quotes a string for Python, which reads `\u` as one code point and never joins two of them. */
export function quotePython(text: string): string {
  const escaped = replaceUnprintable(text.replace(/["\\]/g, '\\$&'), (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
  return `"${escaped}"`;
}

/** Quotes a string for JavaScript. */
export function quoteJavaScript(text: string): string {
  const escaped = replaceUnprintable(text.replace(/['\\]/g, '\\$&'), braced);
  return `'${escaped}'`;
}

/**
 * Escapes text for HTML, in an attribute or between tags. U+0080 to U+009F stay as they are: HTML reads their codes as
 * those of Windows-1252. Source: HTML Standard, "Numeric character reference end state".
 */
export function escapeHtml(text: string): string {
  const reference = (character: string) => `&#${character.charCodeAt(0)};`;
  return replaceUnprintable(text.replace(/[&<>"']/g, reference), (character) =>
    /[\x80-\x9f]/.test(character) ? character : reference(character),
  );
}

/** Formats a value as JSON and escapes DEL and all unprintable characters after it, which JSON.stringify does not. */
export function formatJson(value: unknown, indent?: number): string {
  return replaceUnprintable(JSON.stringify(value, undefined, indent), (character) =>
    character === '\n' ? character : `\\u${hex(character.charCodeAt(0), 4)}`,
  );
}

function braced(character: string): string {
  return `\\u{${hex(character.codePointAt(0) ?? 0, 1)}}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Quotes a string for Java, which reads `\u000a` as a line break in the middle of the string. */
export function quoteJava(text: string): string {
  const escaped = replaceUnprintable(text.replace(/["\\]/g, '\\$&'), (character) =>
    character < ' ' ? octalBytes(character) : `\\u${hex(character.charCodeAt(0), 4)}`,
  );
  return `"${escaped}"`;
}

/** Quotes a string for Ruby, where `#` may begin an expression. */
export function quoteRuby(text: string): string {
  const escaped = replaceUnprintable(text.replace(/["\\#]/g, '\\$&'), braced);
  return `"${escaped}"`;
}
