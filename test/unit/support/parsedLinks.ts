import assert from 'node:assert/strict';
import { parseLink } from '../../../src/core/links/parse/parseLink.js';
import type { ParsedForm, ParsedLink, ParsedUrl } from '../../../src/core/links/parse/parsedLink.js';
import { formatMessage } from '../../../src/core/failures/message.js';

/** Parses a link as it was handed over; fails the test if it is not one. */
export function readLink(text: string): ParsedLink {
  const link = parseLink(text);
  if ('problem' in link) assert.fail(formatMessage(link.problem));
  return link;
}

export function parsedUrl(text: string): ParsedUrl {
  const link = readLink(text);
  assert.ok(link.kind === 'url');
  return link;
}

export function parsedForm(text: string): ParsedForm {
  const link = readLink(text);
  assert.ok(link.kind === 'form');
  return link;
}
