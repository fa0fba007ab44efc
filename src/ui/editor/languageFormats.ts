import { formatLink, formatsFor, linkFormat, type LinkFormatId } from '../../core/links/formats/formats.js';
import type { Link } from '../../core/links/sign.js';
import { formatAs } from '../links/copyAs.js';

/**
 * How links are written in documents, by VS Code's language identifiers; the first format that can carry a
 * link is used.
 */
const formatsByLanguage: ReadonlyMap<string, readonly LinkFormatId[]> = new Map([
  ['markdown', ['markdown']],
  ['html', ['html', 'htmlForm']],
  ['shellscript', ['curl']],
  ['powershell', ['invokeWebRequest', 'curlPowerShell']],
  ['python', ['python']],
  ['javascript', ['fetch']],
  ['javascriptreact', ['fetch']],
  ['typescript', ['fetch']],
  ['typescriptreact', ['fetch']],
  ['http', ['http']],
  ['json', ['json']],
  ['jsonc', ['json']],
]);

/** If the language has no format for the link: the address, or everything if the address is not enough. */
const anywhere: readonly LinkFormatId[] = ['url', 'json'];

/**
 * A link as written in a document of a language, without a trailing line break.
 * @throws LinkFormatError if the formats of the language cannot carry the link
 */
export function writeForLanguage(languageId: string, link: Link): string {
  return writeFirst(formatsByLanguage.get(languageId) ?? [], link);
}

/** The same on one line. */
export function writeLineForLanguage(languageId: string, link: Link): string {
  const formats = formatsByLanguage.get(languageId) ?? [];
  return writeFirst(
    formats.filter((id) => linkFormat(id).isOneLine),
    link,
  );
}

function writeFirst(formats: readonly LinkFormatId[], link: Link): string {
  const offered = formatsFor(link.kind);
  const own = formats.filter((id) => offered.includes(id));
  const able = own.length > 0 ? own : anywhere.filter((id) => offered.includes(id));
  const id = able.find((format) => 'text' in formatLink(format, link)) ?? able[0] ?? 'json';
  return formatAs(id, link).replace(/\n$/, '');
}
