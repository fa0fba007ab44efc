/**
 * How PowerShell reads a command line, as far as the formats use its language. Rules: about_Quoting_Rules
 * ("To include a single quotation mark in a single-quoted string, use a second consecutive single quote"),
 * about_Hash_Tables, and PowerShell's tokenizer, which treats U+2018, U+2019, U+201A and U+201B as single
 * quotes too. In parentheses, which begin an expression in place of a word (about_Parsing), strings are added
 * to characters given by their codes.
 */
export type PowerShellWord = string | ReadonlyMap<string, string>;

const singleQuote = /['\u2018-\u201b]/;

/** The words of one command. Throws for anything it does not know, such as a variable or a second command. */
export function parsePowerShell(text: string): readonly PowerShellWord[] {
  const reader = new Reader(text);
  const words: PowerShellWord[] = [];
  while (!reader.isAtEnd) {
    words.push(reader.word());
    reader.skipSpaces();
  }
  return words;
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  skipSpaces(): void {
    while (this.text[this.#at] === ' ') this.#at += 1;
  }

  word(): PowerShellWord {
    if (this.text.startsWith('@{', this.#at)) return this.#hashTable();
    if (this.text[this.#at] === '(') return this.#sum();
    if (singleQuote.test(this.text[this.#at] ?? '')) return this.#quoted();
    const [bare] = /^[A-Za-z0-9_.-]+(?= |$)/.exec(this.text.slice(this.#at)) ?? [];
    if (bare === undefined) throw new Error(`Not understood at ${this.#at}.`);
    this.#at += bare.length;
    return bare;
  }

  /** Begins with a string, or PowerShell would add numbers. */
  #sum(): string {
    this.#at += 1;
    let value = this.#quoted();
    while (!this.text.startsWith(')', this.#at)) {
      this.#expect(' + ');
      const [cast = '', code] = /^\[char\](\d+)(?= )/.exec(this.text.slice(this.#at)) ?? [];
      this.#at += cast.length;
      value += code === undefined ? this.#quoted() : String.fromCharCode(Number(code));
    }
    this.#at += 1;
    return value;
  }

  #quoted(): string {
    let value = '';
    for (this.#at += 1; ; this.#at += 1) {
      const character = this.text[this.#at];
      if (character === undefined) throw new Error('A string does not end.');
      if (singleQuote.test(character)) {
        this.#at += 1;
        // Two in a row, of any kind, stand for the second.
        if (!singleQuote.test(this.text[this.#at] ?? '')) break;
      }
      value += this.text[this.#at] ?? '';
    }
    if (!/^(?: |;|\)|$)/.test(this.text.slice(this.#at)))
      throw new Error('A string is followed by something.');
    return value;
  }

  #hashTable(): ReadonlyMap<string, string> {
    const table = new Map<string, string>();
    this.#at += 2;
    for (;;) {
      this.skipSpaces();
      const name = this.#quoted();
      this.#expect(' = ');
      table.set(name, this.text[this.#at] === '(' ? this.#sum() : this.#quoted());
      if (this.text.startsWith(' }', this.#at)) break;
      this.#expect('; ');
    }
    this.#at += 2;
    return table;
  }

  #expect(token: string): void {
    if (!this.text.startsWith(token, this.#at)) throw new Error(`Expected ${token} at ${this.#at}.`);
    this.#at += token.length;
  }
}

/**
 * The arguments of a program that Windows PowerShell starts. Windows PowerShell only puts quotation marks
 * around words with spaces; the program's runtime then splits the line. Rules: "Parsing C++ command-line
 * arguments", Microsoft Learn.
 */
export function throughWindowsCommandLine(words: readonly string[]): readonly string[] {
  return splitCommandLine(words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' '));
}

function splitCommandLine(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let isQuoted = false;
  for (const [token, backslashes = '', mark] of line.matchAll(/(\\*)("|[^\\]|$)/gs)) {
    const isMark = mark === '"';
    word += isMark ? '\\'.repeat(Math.floor(backslashes.length / 2)) : backslashes;
    if (isMark && backslashes.length % 2 === 1) word += '"';
    else if (isMark) isQuoted = !isQuoted;
    else if (/\s/.test(mark ?? '') && !isQuoted) words.push(take());
    else word += mark ?? '';
    if (token === '') break;
  }
  return [...words, word];

  function take(): string {
    const taken = word;
    word = '';
    return taken;
  }
}
