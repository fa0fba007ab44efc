import type { Message } from '../../failures/message.js';
import { replaceUnprintable } from '../../text/unprintable.js';
import { asOperand, localFile, windowsFile, type FormatInput } from './formatInput.js';
import { isInert, octalBytes, quoteCurlConfig, quotePosix, quotePowerShell } from '../../text/quote.js';
import { hasDotPath } from './refusals.js';

/** A long option of curl, which is the same on a command line and in a config file. */
type CurlOption = readonly [name: string, value?: string];

/** A command for bash and any POSIX shell. */
export function curlForBash(use: FormatInput): string {
  return commandLine('curl', {
    options: curlOptions(use, localFile(use)),
    url: use.link.url,
    quote: quotePosix,
  });
}

/** A command for PowerShell, where `curl` alone may be another program. */
export function curlForPowerShell(use: FormatInput): string {
  const options = curlOptions(use, windowsFile(use));
  return commandLine('curl.exe', { options, url: use.link.url, quote: quotePowerShell });
}

/**
 * A command for bash that passes everything to curl on standard input: other users of the machine can see a
 * command line while it runs.
 */
export function curlByConfig(use: FormatInput): string {
  const options: readonly CurlOption[] = [...curlOptions(use, localFile(use)), ['url', use.link.url]];
  const lines = options.map(([name, value]) =>
    value === undefined ? name : `${name} = ${quoteCurlConfig(value)}`,
  );
  // No line can end the here-document: each begins with the name of an option, and line breaks are escaped.
  if (isInert(lines.join(''), ''))
    return ["curl --config - <<'END_OF_OPTIONS'", ...lines, 'END_OF_OPTIONS', ''].join('\n');
  return ['curl --config - <<END_OF_OPTIONS', ...lines.map(escapeExpanded), 'END_OF_OPTIONS', ''].join('\n');
}

/**
 * A line of a here-document that the shell expands. curl's config files have no escapes for control
 * characters, so `printf` writes them. Source: POSIX, Shell Command Language, "Here-Document".
 */
function escapeExpanded(line: string): string {
  return replaceUnprintable(
    line.replace(/[\\$`]/g, '\\$&'),
    (character) => `$(printf '${octalBytes(character)}')`,
  );
}

/**
 * Up to 7.2, PowerShell changes arguments that contain quotation marks, or spaces and a final backslash, when
 * it passes them to programs. Source: about_Experimental_Features, PSNativeCommandArgumentPassing.
 */
export function passesWordsWhole(use: FormatInput): Message | undefined {
  const values = curlOptions(use, windowsFile(use)).map(([, value = '']) => value);
  return values.some((value) => /"|\s.*\\$/su.test(value))
    ? {
        text: 'Windows PowerShell cannot pass quotation marks to a program. Use Invoke-WebRequest, or cURL for bash.',
      }
    : undefined;
}

interface CommandLine {
  readonly options: readonly CurlOption[];
  readonly url: string;
  readonly quote: (word: string) => string;
}

function commandLine(program: string, { options, url, quote }: CommandLine): string {
  const words = options.map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name} ${quote(value)}`,
  );
  return [program, ...words, quote(url)].join(' ');
}

function curlOptions(use: FormatInput, fileName: string): readonly CurlOption[] {
  const path: readonly CurlOption[] = hasDotPath(use.link.url) ? [['path-as-is']] : [];
  const headers = Object.entries(use.link.headers).map(
    ([name, value]) => ['header', `${name}: ${value}`] as const,
  );
  return [['fail'], ...path, ...exchangeOptions(use, asOperand(fileName)), ...headers];
}

function exchangeOptions(use: FormatInput, file: string): readonly CurlOption[] {
  switch (use.link.sends.what) {
    case 'nothing':
      return receiveOptions(use, file);
    case 'file':
      return uploadOptions(use, file);
    case 'form':
      return [
        ...use.fields.map(([name, value]) => ['form-string', `${name}=${value}`] as const),
        ['form', `file=@${formFileName(file)}`],
      ];
  }
}

function receiveOptions({ link }: FormatInput, file: string): readonly CurlOption[] {
  if (link.receives === 'headers') return [['head']];
  const request: readonly CurlOption[] = link.method === 'GET' ? [] : [['request', link.method]];
  return link.receives === 'file' ? [...request, ['output', file]] : request;
}

/**
 * Quoted only where needed: outside quotation marks, commas and semicolons end a name and nothing is escaped.
 */
function formFileName(file: string): string {
  return /[",;]|^\s|\s$/.test(file) ? `"${file.replace(/["\\]/g, '\\$&')}"` : file;
}

function uploadOptions({ link }: FormatInput, file: string): readonly CurlOption[] {
  const namesFolder = /(?:^|\/)\.{0,2}$/.test(link.key);
  if (!namesFolder) {
    // By default, curl sends PUT with --upload-file.
    const request: readonly CurlOption[] = link.method === 'PUT' ? [] : [['request', link.method]];
    return [...request, ['globoff'], ['upload-file', file]];
  }
  // With --upload-file, curl appends the file's name to a URL that ends in a slash or a dot segment. With
  // --data-binary, it declares a form unless a type is given.
  const type: readonly CurlOption[] =
    'content-type' in link.headers ? [] : [['header', 'content-type: application/octet-stream']];
  return [['request', link.method], ['data-binary', `@${file}`], ...type];
}
