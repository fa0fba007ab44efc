import { formatLink, formsFor, linkForm, type LinkFormId } from '../../core/links/formats/formats.js';
import type { Link } from '../../core/links/sign.js';
import { writeAs } from '../links/copyAs.js';

/** How links are written in documents, by VS Code's names of languages; the first form that carries a link is taken. */
const formsByLanguage: ReadonlyMap<string, readonly LinkFormId[]> = new Map([
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

/** In a language without a form for the link: the address, and where that is not enough, everything. */
const anywhere: readonly LinkFormId[] = ['url', 'json'];

/**
 * A link as it is written in a document of a language, without a line break at its end.
 * @throws LinkFormError where the forms of the language cannot carry the link
 */
export function writeForLanguage(languageId: string, link: Link): string {
  return writeFirst(formsByLanguage.get(languageId) ?? [], link);
}

/** The same in one line. */
export function writeLineForLanguage(languageId: string, link: Link): string {
  const forms = formsByLanguage.get(languageId) ?? [];
  return writeFirst(
    forms.filter((id) => linkForm(id).isOneLine),
    link,
  );
}

function writeFirst(forms: readonly LinkFormId[], link: Link): string {
  const offered = formsFor(link.kind);
  const own = forms.filter((id) => offered.includes(id));
  const able = own.length > 0 ? own : anywhere.filter((id) => offered.includes(id));
  const id = able.find((form) => 'text' in formatLink(form, link)) ?? able[0] ?? 'json';
  return writeAs(id, link).replace(/\n$/, '');
}
