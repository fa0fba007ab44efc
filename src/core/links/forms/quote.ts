/** Quotes a word for a POSIX shell: nothing inside single quotes is special but the quote itself. */
export function quotePosix(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Quotes a word for PowerShell, which ends a single-quoted string at typographic quotes too; twice in a row, each of them
 * stands for itself. Source: about_Quoting_Rules, and `IsSingleQuote` in PowerShell's CharTraits.cs.
 */
export function quotePowerShell(word: string): string {
  return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** Quotes a value for a file of curl's options. Source: curl's manual, `--config`. */
export function quoteCurlConfig(value: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' };
  return `"${value.replace(/["\\\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`)}"`;
}

/** Writes a string for Python, which reads `\u` as one code point and never joins two of them. */
export function quotePython(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
  return `"${escaped}"`;
}

/** Writes a string for JavaScript. */
export function quoteJavaScript(text: string): string {
  const escaped = text
    .replace(/['\\]/g, '\\$&')
    .replace(unseen, (character) => `\\u{${hex(character.codePointAt(0) ?? 0, 1)}}`);
  return `'${escaped}'`;
}

/** Writes text for HTML, in an attribute or between tags. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

// Controls, line separators, marks of direction and what has no width: whoever reads the code should see what is there.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u{feff}\u{200b}]/gu;

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Writes a string for Java, which reads `\u000a` as a line break in the middle of the string. */
export function quoteJava(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(unseen, (character) =>
      character < ' '
        ? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
        : `\\u${hex(character.charCodeAt(0), 4)}`,
    );
  return `"${escaped}"`;
}

/** Writes a string for Ruby, where `#` may begin an expression. */
export function quoteRuby(text: string): string {
  const escaped = text
    .replace(/["\\#]/g, '\\$&')
    .replace(unseen, (character) => `\\u{${hex(character.codePointAt(0) ?? 0, 1)}}`);
  return `"${escaped}"`;
}
