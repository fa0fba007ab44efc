import type { Message } from '../failures/message.js';
import type { FormLimits, LinkOptions } from './target.js';

export interface Problem {
  readonly problem: Message;
}

type Metadata = NonNullable<LinkOptions['metadata']>;

/**
 * Parses `author=me; team=web`; an empty text means no metadata. A value that contains `;` has to be quoted,
 * with quotation marks inside it doubled.
 */
export function parseMetadata(text: string): { readonly metadata: Metadata | undefined } | Problem {
  const entries: [string, string][] = [];
  for (const part of splitMetadata(text)) {
    const at = part.indexOf('=');
    const [name, value] = [part.slice(0, at).trim(), unquote(part.slice(at + 1).trim())];
    if (at < 1 || name === '' || value === '') return { problem: { text: 'Enter name=value; name=value.' } };
    if (entries.some(([other]) => other.toLowerCase() === name.toLowerCase()))
      return { problem: { text: '{0} is listed twice.', args: [name] } };
    entries.push([name, value]);
  }
  return { metadata: entries.length === 0 ? undefined : Object.fromEntries(entries) };
}

export function formatMetadata(metadata: Metadata = {}): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name}=${/^"|;/.test(value) ? `"${value.replaceAll('"', '""')}"` : value}`)
    .join('; ');
}

const quotedText = '"(?:[^"]|"")*"';

/** Splits at semicolons outside quoted values. */
function splitMetadata(text: string): readonly string[] {
  const parts = text.match(new RegExp(`[^=;]*=\\s*${quotedText}\\s*(?=;|$)|[^;]+`, 'g')) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function unquote(value: string): string {
  return new RegExp(`^${quotedText}$`).test(value) ? value.slice(1, -1).replaceAll('""', '"') : value;
}

type SizeRange = Pick<FormLimits, 'minBytes' | 'maxBytes'>;

const unitBytes: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/**
 * Parses `10 MB` (at most), `1 KB - 10 MB` or `1 KB -` (at least), in units of 1024; empty means no limit.
 */
export function parseSizeRange(text: string): { readonly range: SizeRange } | Problem {
  if (text.trim() === '') return { range: {} };
  const parts = text.split(/[-–]/).map((part) => part.trim());
  const [first = '', second] = parts;
  const min = second === undefined ? undefined : parseBytes(first);
  const max = second === undefined ? parseBytes(first) : second === '' ? undefined : parseBytes(second);
  const isRead = !Number.isNaN(min) && !Number.isNaN(max) && parts.length <= 2;
  return isRead
    ? { range: { minBytes: min, maxBytes: max } }
    : { problem: { text: 'Enter a size such as 10 MB, 1 KB - 10 MB, or 1 KB - for no upper limit.' } };
}

function parseBytes(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?b)?$/i.exec(text) ?? [];
  return amount === undefined
    ? Number.NaN
    : Math.round(Number(amount) * (unitBytes[unit.toLowerCase()] ?? 1));
}

/** The text that {@link parseSizeRange} reads as this range, to the byte. */
export function formatSizeRange({ minBytes, maxBytes }: SizeRange): string {
  if (minBytes === undefined) return maxBytes === undefined ? '' : exactBytes(maxBytes);
  return `${exactBytes(minBytes)} - ${maxBytes === undefined ? '' : exactBytes(maxBytes)}`.trim();
}

function exactBytes(bytes: number): string {
  const unit = ['gb', 'mb', 'kb'].find((name) => bytes > 0 && bytes % (unitBytes[name] ?? 1) === 0);
  return unit === undefined ? `${bytes} B` : `${bytes / (unitBytes[unit] ?? 1)} ${unit.toUpperCase()}`;
}

type FormType = Pick<LinkOptions, 'contentType'> & Pick<FormLimits, 'typeIsPrefix'>;

/** Parses `image/png` (exactly) or `image/*` (every type with this prefix); empty and `*` mean any type. */
export function parseFormType(text: string): FormType {
  const typed = text.trim();
  if (typed === '' || typed === '*') return {};
  return typed.endsWith('*')
    ? { contentType: typed.slice(0, -1), typeIsPrefix: true }
    : { contentType: typed, typeIsPrefix: false };
}

export function formatFormType({ contentType = '', typeIsPrefix = false }: FormType): string {
  return typeIsPrefix ? `${contentType}*` : contentType;
}
