import { setTimeout as wait } from 'node:timers/promises';
import { Attempts, defaultRetryLimits, type RetryLimits } from '../../async/retry.js';
import { MessageError } from '../../failures/message.js';
import { abortable } from '../../async/abortable.js';
import type { StoredObject } from '../../storage/objects.js';
import type { Digests } from './contentDigest.js';
import { NotUploadedError, type Uploaded } from './uploadResponse.js';

type Seen = Pick<StoredObject, 'sizeBytes' | 'etag' | 'hasOpaqueEtag'>;

/** Asks S3 for an object with credentials, not through the link; undefined if it does not exist. */
export type ObjectLookup = (signal: AbortSignal) => Promise<Seen | undefined>;

export interface LookupOptions {
  readonly lookUp?: ObjectLookup | undefined;
  readonly signal: AbortSignal;
  readonly retryLimits?: RetryLimits;
}

type Content = Pick<Digests, 'sizeBytes' | 'md5'>;

export class StoppedAfterSendingError extends MessageError {
  override readonly name = 'StoppedAfterSendingError';
  constructor() {
    super({
      text: 'The upload was stopped after all bytes were sent, so the object may have been uploaded. Refresh its folder to check.',
    });
  }
}

/**
 * Looks at the object if the answer to its upload did not confirm the content: an ETag that is not an MD5 is
 * common with SSE-KMS and in some stores. What cannot be seen stays unconfirmed.
 * @throws NotUploadedError if the object does not exist or has another size; StoppedAfterSendingError after `signal`
 */
export async function confirmStored(
  uploaded: Uploaded,
  { sizeBytes, md5, ...options }: LookupOptions & Content,
): Promise<Uploaded> {
  if (uploaded.isConfirmed) return uploaded;
  const seen = await lookUpWithRetries(sizeBytes, options);
  if (seen === 'unknown') return uploaded;
  if (seen === undefined)
    throw new NotUploadedError({
      text: 'The server reported success, but the object does not exist. Try again.',
    });
  if (seen.sizeBytes !== sizeBytes)
    throw new NotUploadedError({
      text: 'The server reported success, but the object is {0} bytes instead of {1}. Try again.',
      args: [seen.sizeBytes, sizeBytes],
    });
  // An object of the same size may have been there before.
  const isSameVersion = seen.etag !== undefined && seen.etag === uploaded.etag;
  return { ...uploaded, isConfirmed: hasContent(seen, md5) ?? isSameVersion };
}

/**
 * Whether what was sent is stored; undefined if a look does not show it.
 * @throws StoppedAfterSendingError after `signal`
 */
export async function isStored(
  { sizeBytes, md5 }: Content,
  options: LookupOptions,
): Promise<boolean | undefined> {
  const seen = await lookUpWithRetries(sizeBytes, options);
  if (seen === 'unknown') return undefined;
  if (seen?.sizeBytes !== sizeBytes) return false;
  return hasContent(seen, md5) === true ? true : undefined;
}

/**
 * Whether the ETag is the MD5 of the content; undefined if it need not be an MD5. `false` does not prove that
 * the content differs: the ETags of some stores look like an MD5 but are not one.
 */
function hasContent({ etag, hasOpaqueEtag }: Seen, md5: string | undefined): boolean | undefined {
  if (etag === undefined || md5 === undefined) return undefined;
  if (etag.toLowerCase() === md5) return true;
  return hasOpaqueEtag || !/^[0-9a-f]{32}$/i.test(etag) ? undefined : false;
}

/** Eventually consistent stores show an object late. */
const maxLookups = 3;

/**
 * Looks for the object, up to three times with growing pauses while there is none of that size. A look that
 * is refused or fails says nothing about the object.
 */
async function lookUpWithRetries(
  sizeBytes: number,
  { lookUp, signal, retryLimits = defaultRetryLimits }: LookupOptions,
): Promise<Seen | undefined | 'unknown'> {
  if (lookUp === undefined) return 'unknown';
  try {
    const lookups = new Attempts({ ...retryLimits, attempts: maxLookups, totalMs: Infinity });
    for (;;) {
      const seen = await abortable(lookUp(signal), signal);
      const { pauseMs } = lookups;
      if (seen?.sizeBytes === sizeBytes || lookups.next(pauseMs) === undefined) return seen;
      await wait(pauseMs, undefined, { signal });
    }
  } catch {
    if (signal.aborted) throw new StoppedAfterSendingError();
    return 'unknown';
  }
}
