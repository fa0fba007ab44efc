import { formatMessage, MessageError, type Message } from '../../failures/message.js';
import { formOf, type Exchange } from '../exchange.js';
import { exchangeOf, type LinkKindId } from '../kinds.js';
import type { Link } from '../sign.js';
import { curlByConfig, curlForBash, curlForPowerShell, passesWordsWhole } from './curl.js';
import { javaScriptFetch } from './fetch.js';
import { htmlForm } from './htmlForm.js';
import { fitsHttpFile, httpFile } from './httpFile.js';
import {
  invokeWebRequest,
  keepsBackslashes,
  sendsHeadersAsTheyAre,
  takesFileByName,
} from './invokeWebRequest.js';
import { linkJson } from './json.js';
import { isInert } from '../../text/quote.js';
import { localFile, typeFor, type FormatInput } from './formatInput.js';
import { htmlLink, markdownLink } from './markup.js';
import { pythonRequests } from './python.js';
import {
  anyOf,
  collapsesDots,
  controlsRefused,
  needsDeclarableName,
  needsNoHeaders,
  needsNoLineBreaks,
  needsType,
  type Refuses,
} from './refusals.js';
import { wgetForBash } from './wget.js';

/** A way to write a link. */
interface LinkFormat {
  /** How menus name it. */
  readonly label: string;
  /** One line beside the label. */
  readonly detail: string;
  /** Whether it is written without line breaks. */
  readonly isOneLine: boolean;
  /** Whether it supports links for an exchange. */
  readonly supports: (exchange: Exchange) => boolean;
  /** Why it cannot express a link that it supports. */
  readonly refuses: Refuses;
  readonly write: (use: FormatInput) => string;
}

const all = () => true;
const withoutForms = ({ sends }: Exchange) => sends === 'nothing' || sends === 'file';
const onlyForms = ({ sends }: Exchange) => sends === 'form';
/** Browsers follow a link with this method. */
const onlyGet = ({ method }: Exchange) => method === 'GET';
const acceptsAll: Refuses = () => undefined;
const uploadsForms = anyOf(needsType, needsDeclarableName);

/**
 * The formats in which Signpost writes a link. A format is one row here and one suite of tests that runs it.
 */
export const linkFormats = {
  url: {
    label: 'URL',
    detail: 'Only the URL.',
    isOneLine: true,
    supports: withoutForms,
    refuses: needsNoHeaders,
    write: ({ link }) => link.url,
  },
  curl: {
    label: 'cURL for bash',
    detail: 'A command for bash, zsh and other shells of Linux and macOS.',
    isOneLine: true,
    supports: all,
    refuses: uploadsForms,
    write: curlForBash,
  },
  curlConfig: {
    label: 'cURL for bash, hidden from other users',
    detail: 'Keeps the link out of the process list: curl reads it from standard input.',
    isOneLine: false,
    supports: all,
    refuses: uploadsForms,
    write: curlByConfig,
  },
  curlPowerShell: {
    label: 'cURL for PowerShell',
    detail: 'A command for curl.exe, which is part of Windows.',
    isOneLine: true,
    supports: all,
    refuses: anyOf(uploadsForms, passesWordsWhole),
    write: curlForPowerShell,
  },
  invokeWebRequest: {
    label: 'Invoke-WebRequest',
    detail: 'A PowerShell command that needs no other program.',
    isOneLine: true,
    supports: withoutForms,
    refuses: anyOf(collapsesDots('PowerShell'), keepsBackslashes, sendsHeadersAsTheyAre, takesFileByName),
    write: invokeWebRequest,
  },
  wget: {
    label: 'wget',
    detail: 'A command for bash and other shells.',
    isOneLine: true,
    supports: withoutForms,
    refuses: collapsesDots('wget'),
    write: wgetForBash,
  },
  python: {
    label: 'Python (requests)',
    detail: 'A program for Python 3 with the requests package.',
    isOneLine: false,
    supports: all,
    refuses: anyOf(collapsesDots('requests'), uploadsForms),
    write: pythonRequests,
  },
  fetch: {
    label: 'JavaScript (fetch)',
    detail: 'A module for Node.',
    isOneLine: false,
    supports: all,
    refuses: anyOf(collapsesDots('fetch'), uploadsForms, needsNoLineBreaks),
    write: javaScriptFetch,
  },
  http: {
    label: '.http file',
    detail: 'A request for REST Client, JetBrains IDEs and httpYac.',
    isOneLine: false,
    supports: all,
    refuses: anyOf(collapsesDots('The program that sends the request'), uploadsForms, fitsHttpFile),
    write: httpFile,
  },
  markdown: {
    label: 'Markdown link',
    detail: 'With the object name as link text.',
    isOneLine: true,
    supports: onlyGet,
    refuses: collapsesDots('A browser'),
    write: markdownLink,
  },
  html: {
    label: 'HTML link',
    detail: 'With the object name as link text.',
    isOneLine: true,
    supports: onlyGet,
    refuses: collapsesDots('A browser'),
    write: htmlLink,
  },
  htmlForm: {
    label: 'HTML form',
    detail: 'A complete page that uploads one file with just a browser.',
    isOneLine: false,
    supports: onlyForms,
    refuses: needsNoLineBreaks,
    write: htmlForm,
  },
  json: {
    label: 'JSON',
    detail: 'Method, URL, headers, fields and expiry, for programs.',
    isOneLine: false,
    supports: all,
    refuses: acceptsAll,
    write: linkJson,
  },
} as const satisfies Record<string, LinkFormat>;

export type LinkFormatId = keyof typeof linkFormats;

/** The row of a format, without the narrow types of the table. */
export function linkFormat(id: LinkFormatId): LinkFormat {
  return linkFormats[id];
}

/** The formats that support the links of a kind, in the order in which menus show them. */
export function formatsFor(kind: LinkKindId): readonly LinkFormatId[] {
  const exchange = exchangeOf(kind);
  return (Object.keys(linkFormats) as LinkFormatId[]).filter((id) => linkFormat(id).supports(exchange));
}

/** A link that a format cannot express. */
export class LinkFormatError extends MessageError {
  override readonly name = 'LinkFormatError';
}

export interface FormatOptions {
  /**
   * The local file to write to or to read from; by default, one with the object's name in the current folder.
   */
  readonly fileName?: string | undefined;
  /** Translates a sentence for the reader of the text; English by default. */
  readonly localize?: (message: Message) => string;
}

export type FormatResult = { readonly text: string } | { readonly problem: Message };

/**
 * Writes a link in a format, with everything that has to be sent. A link that the format cannot express is a
 * problem, and nothing is written. The text is as secret as the link.
 */
export function formatLink(id: LinkFormatId, link: Link, options: FormatOptions = {}): FormatResult {
  const { label, isOneLine, supports, refuses, write } = linkFormat(id);
  if (!supports(exchangeOf(link.kind)))
    return {
      problem: { text: '{0} does not support {1} links. Choose another format.', args: [label, link.method] },
    };
  const use = useOf(link, options);
  const problem = refuses(use);
  if (problem !== undefined) return { problem };
  const text = write(use);
  return isInert(text, isOneLine ? '' : '\n') ? { text } : { problem: controlsRefused(label) };
}

function useOf(link: Link, { fileName, localize = formatMessage }: FormatOptions): FormatInput {
  const { fields = {}, typePrefix } = formOf(link);
  const use: FormatInput = { link, file: fileName, fields: Object.entries(fields), localize };
  if (typePrefix === undefined) return use;
  const type = typeFor(typePrefix, localFile(use)) ?? typePrefix;
  return { ...use, fields: [...use.fields, ['Content-Type', type]] };
}
