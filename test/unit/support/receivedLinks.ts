import { planUpload, type UploadPlan } from '../../../src/core/transfer/link/receivedUpload.js';
import { readLink } from './parsedLinks.js';

/** What an upload through the link needs. */
export function planOf(written: string, { now = new Date(), fileName = 'notes.md' } = {}): UploadPlan {
  return planUpload(readLink(written), { now, fileName });
}
