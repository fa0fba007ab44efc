import { hasDotSegment } from '../../text/dotSegments.js';
import { displayKey } from '../../text/unprintable.js';
import { formatS3Uri } from '../../storage/location.js';
import { escapeHtml } from '../../text/quote.js';
import type { Link } from '../sign.js';
import { relativeName, type ListContext, type ListFormat } from './format.js';

/** A page that loads nothing, runs nothing and sends no referrer, because its links are secrets. */
export const html: ListFormat = {
  label: 'HTML page',
  detail: 'An index to open in a browser.',
  extension: 'html',
  begin: (about) => {
    const title = `Links to ${escapeHtml(displayKey(formatS3Uri({ bucket: about.bucket, key: about.base })))}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>body { font-family: sans-serif; margin: 2rem } td, th { padding: 0.2rem 1rem 0.2rem 0; text-align: left }</style>
</head>
<body>
<h1>${title}</h1>
<p>Anyone with this page can use the links until they expire.</p>
<table>
<thead><tr><th>Name</th><th>Expires</th></tr></thead>
<tbody>
`;
  },
  item: (link, { about }) => `<tr><td>${nameCell(link, about)}</td><td>${moment(link.expiresAt)}</td></tr>\n`,
  end: () => '</tbody>\n</table>\n</body>\n</html>\n',
};

function nameCell({ key, url }: Link, about: ListContext): string {
  const name = `<bdi>${escapeHtml(displayKey(relativeName(key, about)))}</bdi>`;
  if (!hasDotSegment(key)) return `<a href="${escapeHtml(url)}">${name}</a>`;
  return `${name}<br>Browsers change the path of this link. Use curl --path-as-is: <code>${escapeHtml(url)}</code>`;
}

function moment(expiresAt: Date): string {
  const iso = expiresAt.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
