import type { Message } from '../../failures/message.js';
import { windowsFile, type FormatInput } from './formatInput.js';
import { quotePowerShell } from '../../text/quote.js';

/** A command for PowerShell, including Windows PowerShell 5.1, which cannot send a form with a file. */
export function invokeWebRequest(use: FormatInput): string {
  const { link } = use;
  const { 'content-type': type = 'application/octet-stream', ...headers } = link.headers;
  const file = quotePowerShell(inFolder(windowsFile(use)));
  const words = [
    'Invoke-WebRequest -UseBasicParsing',
    ...(link.method === 'GET'
      ? []
      : [`-Method ${link.method[0] ?? ''}${link.method.slice(1).toLowerCase()}`]),
    ...(link.receives === 'file' ? [`-OutFile ${file}`] : []),
    // Windows PowerShell refuses the content type as a header.
    ...(link.sends.what === 'file' ? [`-InFile ${file} -ContentType ${quotePowerShell(type)}`] : []),
    ...headerWords(headers),
    `-Uri ${quotePowerShell(link.url)}`,
  ];
  return words.join(' ');
}

/**
 * PowerShell 7 parses these two headers into .NET values and formats them again: in its own order, and with
 * one space after each semicolon. Source: `HttpHeaders.Add`, `CacheControlHeaderValue` and
 * `MediaTypeHeaderValue` of .NET.
 */
export function sendsHeadersAsTheyAre({ link }: FormatInput): Message | undefined {
  const { 'content-type': type = 'a/b', 'cache-control': caching = 'no-cache' } = link.headers;
  const isKept = /^[^\s;,]+(?:; [^\s;,=]+=[^\s;,"]+)*$/.test(type) && /^[a-z-]+(?:=\d+)?$/.test(caching);
  return isKept
    ? undefined
    : {
        text: 'PowerShell would change the signed content type or cache control. Use cURL for PowerShell.',
      };
}

/**
 * The .NET Framework of Windows PowerShell unescapes a backslash in a path and turns it into a slash. Source:
 * Microsoft Learn, `GenericUriParserOptions.DontUnescapePathDotsAndSlashes` and `DontConvertPathBackslashes`.
 */
export function keepsBackslashes({ link }: FormatInput): Message | undefined {
  return /^[^?]*%5C/i.test(link.url)
    ? {
        text: 'The key has a backslash, which Windows PowerShell would send as a slash. Use cURL for PowerShell.',
      }
    : undefined;
}

/**
 * Invoke-WebRequest treats `-InFile` as a pattern, and in Windows PowerShell `-OutFile` too, so another file
 * may be sent or replaced. Source: PowerShell, `WebRequestPSCmdlet.ValidateParameters` and `QualifyFilePath`.
 */
export function takesFileByName(use: FormatInput): Message | undefined {
  const { sends, receives } = use.link;
  const hasFile = sends.what === 'file' || receives === 'file';
  return hasFile && /[[\]*?`]/.test(windowsFile(use))
    ? {
        text: 'PowerShell would read the file name as a wildcard pattern, which may match another file. Use cURL for PowerShell.',
      }
    : undefined;
}

function headerWords(headers: Readonly<Record<string, string>>): readonly string[] {
  const entries = Object.entries(headers).map(
    ([name, value]) => `${quotePowerShell(name)} = ${quotePowerShell(value)}`,
  );
  return entries.length === 0 ? [] : [`-Headers @{ ${entries.join('; ')} }`];
}

/** PowerShell takes what precedes a colon for a drive, and `~` for the home folder. */
function inFolder(fileName: string): string {
  return /[\\/]/.test(fileName) ? fileName : `./${fileName}`;
}
