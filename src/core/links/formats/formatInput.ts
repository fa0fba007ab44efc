import mime from 'mime';
import type { Message } from '../../failures/message.js';
import { fallbackName, isWindowsName, safeFileName } from '../../text/safeFileName.js';
import { keyName } from '../../storage/keys.js';
import type { Link } from '../sign.js';

/** A link and how it is used: what every format is written from. */
export interface FormatInput {
  readonly link: Link;
  /** The requested local file; undefined for the one that the link names. */
  readonly file: string | undefined;
  /** What a form upload sends before its file, in this order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Translates a sentence for the reader of the text. */
  readonly localize: (message: Message) => string;
}

/** The local file that a download is written to, or an upload is read from. */
export function localFile({ link, file }: FormatInput): string {
  return file ?? localName(link);
}

/**
 * The local file for programs that may run on Windows, which does not allow names such as `a:b` and `CON`.
 */
export function windowsFile({ link, file }: FormatInput): string {
  if (file !== undefined) return file;
  const name = localName(link);
  return isWindowsName(name) ? name : fallbackName;
}

/** The name of the local file as a form upload declares it. */
export function declaredName(use: FormatInput): string {
  return localFile(use).replace(/^.*\//s, '');
}

/** A name that no program takes for an option, nor curl for standard input. */
export function asOperand(fileName: string): string {
  return /^[-@.]/.test(fileName) ? `./${fileName}` : fileName;
}

/**
 * A type that a form may declare: that of the file if it has the prefix, else a common one, else the prefix
 * if it is a complete type.
 */
export function typeFor(prefix: string, fileName: string): string | undefined {
  const types = [mime.getType(fileName) ?? '', ...commonTypes, prefix];
  return types.find((type) => type.startsWith(prefix) && /^[^/]+\/[^/]*[^/.+-]$/.test(type));
}

const commonTypes = [
  'application/octet-stream',
  'image/png',
  'text/plain',
  'video/mp4',
  'audio/mpeg',
  'font/woff2',
];

/**
 * The last segment of the key, or of the name that the link gives, as a file in the current folder. The name
 * for a download is harmless on every system; an upload reads the file with exactly that name. Control
 * characters would act on the terminal that a command is pasted into.
 */
function localName({ key, fileName, receives }: Link): string {
  if (receives === 'file') return safeFileName(fileName ?? key);
  const name = keyName(fileName ?? key).replace(/\/$/, '');
  const cannotBeFile = /^\.{0,2}$|\p{Cc}/u.test(name) || Buffer.byteLength(name, 'utf8') > 255;
  return cannotBeFile ? fallbackName : name;
}
