import assert from 'node:assert/strict';
import type { ParsedLink } from '../../../src/core/links/parse/parsedLink.js';
import { parseLink } from '../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { planUpload, type UploadPlan } from '../../../src/core/transfer/link/receivedUpload.js';

/** Parses a link as it was handed over; fails the test if it is not one. */
export function readLink(written: string): ParsedLink {
  const link = parseLink(written);
  if ('problem' in link) assert.fail(formatMessage(link.problem));
  return link;
}

/** What an upload through the link needs. */
export function planOf(written: string, { now = new Date(), fileName = 'notes.md' } = {}): UploadPlan {
  return planUpload(readLink(written), { now, fileName });
}
