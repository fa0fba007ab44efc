import mime from 'mime';
import type { Message } from '../../failures/message.js';
import { fallbackName, isWindowsName, safeFileName } from '../../text/safeFileName.js';
import { keyName } from '../../storage/keys.js';
import type { Link } from '../sign.js';

/** A link together with what its user does with it: what every format is written from. */
export interface WrittenLink {
  readonly link: Link;
  /** The local file that was asked for, else the one that the link names. */
  readonly file: string | undefined;
  /** What a form upload sends before its file, in this order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The sentence in the language of whoever reads the text. */
  readonly say: (message: Message) => string;
}

/** The local file: a download is written there, an upload read from there. */
export function localFile({ link, file }: WrittenLink): string {
  return file ?? localName(link);
}

/** The local file for programs that may run on Windows, which has no such names as `a:b` and `CON`. */
export function windowsFile({ link, file }: WrittenLink): string {
  if (file !== undefined) return file;
  const name = localName(link);
  return isWindowsName(name) ? name : fallbackName;
}

/** The name of the local file as a form upload declares it. */
export function declaredName(use: WrittenLink): string {
  return localFile(use).replace(/^.*\//s, '');
}

/** A name that no program takes for an option, and curl not for standard input. */
export function asOperand(fileName: string): string {
  return /^[-@.]/.test(fileName) ? `./${fileName}` : fileName;
}

/**
 * A type that a form may declare: that of the file where it begins as it has to, else a common one, else the beginning
 * where it is a whole type by itself.
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
 * The last segment of a key, or of the name that the link gives, as a file in the current folder. A download is harmless
 * there on every system; an upload reads the file of just that name. Control characters would act on the terminal that
 * a command is pasted into.
 */
function localName({ key, fileName, receives }: Link): string {
  if (receives === 'file') return safeFileName(fileName ?? key);
  const name = keyName(fileName ?? key).replace(/\/$/, '');
  const cannotBeFile = /^\.{0,2}$|\p{Cc}/u.test(name) || Buffer.byteLength(name, 'utf8') > 255;
  return cannotBeFile ? fallbackName : name;
}
