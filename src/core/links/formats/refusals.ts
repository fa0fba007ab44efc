import { hasDotSegment } from '../../text/dotSegments.js';
import type { Message } from '../../failures/message.js';
import { formOf } from '../exchange.js';
import { declaredName, typeFor, localFile, type FormatInput } from './formatInput.js';
import { nameList } from '../../text/nameList.js';

/** Why a format cannot express a link, or undefined if it can. */
export type Refuses = (use: FormatInput) => Message | undefined;

/** The first reason that applies. */
export function anyOf(...refusals: readonly Refuses[]): Refuses {
  return (use) => {
    for (const refusal of refusals) {
      const reason = refusal(use);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** For programs that resolve `.` and `..` before they send anything. */
export function collapsesDots(program: string): Refuses {
  return ({ link }) =>
    hasDotPath(link.url)
      ? {
          text: 'The key has "." or ".." between slashes. {0} would remove them and request another object. Use cURL.',
          args: [program],
        }
      : undefined;
}

/** For formats that consist of the URL alone. */
export const needsNoHeaders: Refuses = ({ link }) =>
  Object.keys(link.headers).length === 0
    ? undefined
    : {
        text: 'This link requires headers that a URL alone cannot send: {0}. Choose a command, code or JSON.',
        args: [nameList(Object.keys(link.headers))],
      };

/** For formats that set the type of a form upload when they are written. */
export const needsType: Refuses = (use) => {
  const { typePrefix: prefix } = formOf(use.link);
  if (prefix === undefined || typeFor(prefix, localFile(use)) !== undefined) return undefined;
  return {
    text: 'No known type begins with {0}. Use the HTML form, where you enter the type before the upload.',
    args: [prefix],
  };
};

/** For programs that declare the name of a file as browsers do, if that name becomes part of the key. */
export const needsDeclarableName: Refuses = (use) => {
  const { key = '' } = formOf(use.link).fields ?? {};
  // S3 takes a percent sign literally, and so whatever the program writes instead of a quotation mark.
  const isPartOfKey = key.endsWith('${filename}');
  if (!isPartOfKey || !/["\\\p{Cc}]/u.test(declaredName(use))) return undefined;
  return {
    text: 'The file name becomes part of the key and has a character that a form upload cannot send. Rename the file.',
  };
};

/** For programs that write every line break in a field as CR LF, as the HTML standard requires. */
export const needsNoLineBreaks: Refuses = ({ fields }) =>
  fields.some(([, value]) => /[\r\n]/.test(value))
    ? {
        text: 'The key or a field has a line break, which a browser form would change. Use cURL or Python.',
      }
    : undefined;

/** Refuses text that would control a terminal, or hide what will run, when it is pasted. */
export function controlsRefused(label: string): Message {
  return {
    text: 'The key or file name has control or invisible characters, which {0} cannot escape. Choose another format.',
    args: [label],
  };
}

/** Whether most programs would change the path of a URL before they send it. */
export function hasDotPath(url: string): boolean {
  const [address = ''] = url.split('?');
  return hasDotSegment(address.slice(address.indexOf('//') + 2));
}
