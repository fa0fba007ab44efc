import { formatLink, formatsFor, linkFormat, type LinkFormatId } from '../../core/links/formats/formats.js';
import type { Link } from '../../core/links/sign.js';
import { writeAs } from '../links/copyAs.js';

/** How links are written in documents, by VS Code's names of languages; the first format that carries a link is taken. */
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

/** In a language without a format for the link: the address, and where that is not enough, everything. */
const anywhere: readonly LinkFormatId[] = ['url', 'json'];

/**
 * A link as it is written in a document of a language, without a line break at its end.
 * @throws LinkFormatError where the formats of the language cannot carry the link
 */
export function writeForLanguage(languageId: string, link: Link): string {
  return writeFirst(formatsByLanguage.get(languageId) ?? [], link);
}

/** The same in one line. */
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
  return writeAs(id, link).replace(/\n$/, '');
}
