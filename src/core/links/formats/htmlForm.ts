import { formatBytes } from '../../text/formatEntry.js';
import type { Message } from '../../failures/message.js';
import { displayKey } from '../../text/unprintable.js';
import { formOf } from '../exchange.js';
import type { FormatInput } from './formatInput.js';
import { escapeHtml } from '../../text/quote.js';

/**
 * A page that uploads one file with the browser alone. It works without the script, which only reports
 * earlier what S3 would refuse.
 */
export function htmlForm(use: FormatInput): string {
  const { link } = use;
  const place = escapeHtml(`s3://${link.bucket}/${displayKey(link.key)}`);
  return [
    '<!DOCTYPE html>',
    '<html>',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${place}</title>`,
    '</head>',
    '<body>',
    `<h1>${place}</h1>`,
    ...notes(use).map((note) => `<p>${escapeHtml(use.localize(note))}</p>`),
    ...form(use),
    '<script>',
    script,
    '</script>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function form(use: FormatInput): readonly string[] {
  const { link, localize } = use;
  const { bodyBytes: range, typePrefix } = formOf(link);
  const label = (text: string) => escapeHtml(localize({ text }));
  const sizes = range === undefined ? '' : ` data-min="${range.min}" data-max="${range.max}"`;
  return [
    `<form action="${escapeHtml(link.url)}" method="post" enctype="multipart/form-data" accept-charset="utf-8">`,
    ...use.fields
      .filter(([name]) => name !== 'Content-Type' || typePrefix === undefined)
      .map(([name, value]) => hidden(name, value)),
    ...(typePrefix === undefined
      ? []
      : [
          `<p><label>${label('Content type')} <input name="Content-Type" required value="${escapeHtml(typePrefix)}" data-prefix="${escapeHtml(typePrefix)}"></label></p>`,
        ]),
    // S3 ignores every field that comes after the file.
    `<p><label>${label('File')} <input type="file" name="file" required${sizes}${acceptOf(use)}></label></p>`,
    `<p><button>${label('Upload')}</button></p>`,
    '</form>',
  ];
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
}

/** The files that the file dialog offers first. */
function acceptOf({ link, fields }: FormatInput): string {
  const type = Object.fromEntries(fields)['Content-Type'] ?? '';
  const { typePrefix = type.split(';')[0] ?? '' } = formOf(link);
  const wanted = /^(?:image|audio|video)\/$/.test(typePrefix) ? `${typePrefix}*` : typePrefix;
  return /^[^/]+\/(?:\*|[^/*]+[^/*.+-])$/.test(wanted) ? ` accept="${escapeHtml(wanted)}"` : '';
}

function notes({ link }: FormatInput): readonly Message[] {
  const { bodyBytes: range, typePrefix, fields = {} } = formOf(link);
  const end = link.expiresAt
    .toISOString()
    .replace('T', ' ')
    .replace(/:\d+\.\d+Z$/, ' UTC');
  const isSilent =
    fields.success_action_redirect === undefined && !(fields.success_action_status ?? '').startsWith('20');
  return [
    { text: 'This form expires at {0}.', args: [end] },
    ...(range === undefined
      ? []
      : [
          {
            text: 'The file size must be {0} to {1}.',
            args: [formatBytes(range.min, 'en'), formatBytes(range.max, 'en')],
          },
        ]),
    ...(typePrefix === undefined
      ? []
      : [{ text: 'The content type must begin with {0}.', args: [typePrefix] }]),
    ...(isSilent
      ? [
          {
            text: 'If the upload succeeds, this page does not change. If it fails, an error appears.',
          },
        ]
      : []),
  ];
}

/** Fills in the type of the chosen file, and reports before the upload what S3 would refuse. */
const script = `const file = document.querySelector('input[type=file]');
const type = document.querySelector('input[data-prefix]');
function check() {
  const chosen = file.files[0];
  const { min = 0, max = Infinity } = file.dataset;
  const fits = !chosen || (chosen.size >= Number(min) && chosen.size <= Number(max));
  file.setCustomValidity(fits ? '' : min + ' - ' + max + ' B');
  if (type) type.setCustomValidity(type.value.startsWith(type.dataset.prefix) ? '' : type.dataset.prefix);
}
file.addEventListener('change', () => {
  const chosen = file.files[0];
  if (type && chosen && chosen.type.startsWith(type.dataset.prefix)) type.value = chosen.type;
  check();
});
if (type) type.addEventListener('input', check);`;
