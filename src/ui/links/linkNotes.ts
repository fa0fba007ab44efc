import { env } from 'vscode';
import { formatBytes } from '../../core/text/formatEntry.js';
import type { FormUpload } from '../../core/links/exchange.js';
import { hasDotPath } from '../../core/links/formats/refusals.js';
import type { Link } from '../../core/links/sign.js';
import { nameList } from '../../core/text/nameList.js';
import { l10n } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/** What users of the link have to send or know, one sentence each. */
export function linkNotes(link: Link): readonly SafeText[] {
  return [...requirements(link), ...warnings(link)];
}

function requirements(link: Link): readonly SafeText[] {
  const sent = Object.entries(link.headers).map(([name, value]) => `${name}: ${value}`);
  const headers = sent.length > 0 ? [l10n.t('Send the request with these headers: {0}', nameList(sent))] : [];
  return [...contentNotes(link), ...headers];
}

function contentNotes({ key, sends, fileName }: Link): readonly SafeText[] {
  switch (sends.what) {
    case 'nothing':
      return [];
    case 'file':
      return sends.bodyBytes === undefined || fileName === undefined
        ? []
        : [
            l10n.t(
              'Only {0} ({1}) can be uploaded.',
              fileName,
              formatBytes(sends.bodyBytes.min, env.language),
            ),
          ];
    case 'form':
      return formNotes(sends, key);
  }
}

function formNotes({ fields, bodyBytes, typePrefix }: FormUpload, key: string): readonly SafeText[] {
  const notes: SafeText[] = [];
  if (fields.key !== key)
    notes.push(
      key === ''
        ? l10n.t('It accepts any key in the bucket.')
        : l10n.t('It accepts any key that begins with "{0}".', key),
    );
  if (bodyBytes !== undefined)
    notes.push(
      l10n.t(
        'The file size must be {0} to {1}.',
        formatBytes(bodyBytes.min, env.language),
        formatBytes(bodyBytes.max, env.language),
      ),
    );
  if (typePrefix !== undefined) notes.push(l10n.t('Its Content-Type must begin with "{0}".', typePrefix));
  return notes;
}

/**
 * Source: the URL Standard removes dot segments from a path, and browsers, fetch and most clients follow it.
 */
function warnings({ url }: Link): readonly SafeText[] {
  if (!hasDotPath(url)) return [];
  return [
    l10n.t(
      'Most programs change the path of this key, because it has "." or ".." between slashes. Use the cURL format.',
    ),
  ];
}
