import { S3Error } from './errors.js';

/** One element: its name, and its text or its children. `undefined` children are left out. */
export type Element = readonly [
  name: string,
  content: string | number | boolean | readonly (Element | undefined)[],
];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

// XML 1.0 cannot hold most control characters, not even as references; AWS writes references anyway.
const unsafe = new RegExp(`[&<>"\\u{0}-\\u{8}\\u{b}-\\u{1f}\\u{7f}-\\u{9f}\\u{fffe}\\u{ffff}]`, 'gu');

function escapeText(text: string): string {
  return text.replace(unsafe, (character) => {
    const named = entities[character];
    return named ?? `&#x${(character.codePointAt(0) ?? 0).toString(16)};`;
  });
}

function format([name, content]: Element): string {
  if (typeof content !== 'object') return `<${name}>${escapeText(String(content))}</${name}>`;
  const inner = content.map((child) => (child === undefined ? '' : format(child))).join('');
  return `<${name}>${inner}</${name}>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** An answer in S3's namespace. */
export function formatDocument([name, content]: Element): string {
  const text = format([name, content]);
  return `${declaration}<${name}${namespace}${text.slice(name.length + 1)}`;
}

/** An error document; AWS gives it no namespace. */
export function formatErrorDocument(children: readonly Element[]): string {
  return declaration + format(['Error', children]);
}

/** An element read from a request body. */
export interface ReadElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly ReadElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: ReadElement[];
}

const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<\/\s*([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;

/** Whether XML 1.0 forbids the character. */
function isIllegal(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code < 0x20 && ![0x9, 0xa, 0xd].includes(code)) || code === 0xfffe || code === 0xffff;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function malformed(): S3Error {
  return new S3Error('MalformedXML');
}

function unescapeText(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(/&([^;]*);?/g, (_, name: string) => {
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
    if (numeric === null) {
      const character = named[name];
      if (character === undefined) throw malformed();
      return character;
    }
    const code = numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw malformed();
    return String.fromCodePoint(code);
  });
  // A strict XML 1.0 parser refuses these characters however they are written.
  if (Array.from(plain).some(isIllegal)) throw malformed();
  return plain;
}

/**
 * Reads the small documents that S3 accepts: elements and text, no DTD.
 * @throws S3Error MalformedXML
 */
export function parseDocument(text: string, rootName: string): ReadElement {
  const holder: OpenElement = { name: '', text: '', children: [] };
  const open: OpenElement[] = [holder];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    const current = open.at(-1);
    if (match === null || current === undefined) throw malformed();
    const [, closed, opened, , selfClosed, characters] = match;
    if (closed !== undefined) {
      if (open.length < 2 || current.name !== closed) throw malformed();
      open.pop();
    } else if (opened !== undefined) {
      const element: OpenElement = { name: opened, text: '', children: [] };
      current.children.push(element);
      if (selfClosed !== '/') open.push(element);
    } else if (characters !== undefined) {
      current.text += unescapeText(characters);
    }
  }
  const [root, second] = holder.children;
  if (open.length !== 1 || root?.name !== rootName || second !== undefined || holder.text.trim() !== '') {
    throw malformed();
  }
  return root;
}

/** The text of the first child with that name. */
export function childText(element: ReadElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}
