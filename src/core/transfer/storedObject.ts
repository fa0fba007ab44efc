import { MessageError } from '../message.js';
import { orAborted } from '../orAborted.js';
import type { ObjectEntry } from '../storage/listing.js';
import type { Digests } from './contentDigest.js';
import { NotUploadedError, type Uploaded } from './uploadAnswer.js';

/** Asks S3 for an object by credentials, not by the link; undefined where there is none. */
export type ObjectLook = (
  signal: AbortSignal,
) => Promise<Pick<ObjectEntry, 'sizeBytes' | 'etag'> | undefined>;

export interface LookOptions {
  readonly look?: ObjectLook | undefined;
  readonly signal: AbortSignal;
}

export class StoppedLateError extends MessageError {
  override readonly name = 'StoppedLateError';
  constructor() {
    super({
      text: 'The upload was stopped after all bytes were sent: the object may have arrived. Refresh its folder to see.',
    });
  }
}

/**
 * Looks at the object where the answer to its upload did not confirm the content: an ETag that is not an MD5 is usual
 * with SSE-KMS and in some stores. What cannot be seen stays unconfirmed.
 * @throws NotUploadedError where the object does not exist or has another size; StoppedLateError after `signal`
 */
export async function confirmStored(
  uploaded: Uploaded,
  { sizeBytes, md5, ...options }: LookOptions & Pick<Digests, 'sizeBytes' | 'md5'>,
): Promise<Uploaded> {
  if (uploaded.isConfirmed) return uploaded;
  const seen = await see(options);
  if (seen === 'unknown') return uploaded;
  if (seen === undefined)
    throw new NotUploadedError({
      text: 'The server reported success, but the object does not exist. Try again.',
    });
  if (seen.sizeBytes !== sizeBytes)
    throw new NotUploadedError({
      text: 'The server reported success, but the object has {0} bytes instead of {1}. Try again.',
      args: [seen.sizeBytes, sizeBytes],
    });
  // An object of the same size may have been there before.
  const isOurs = seen.etag !== undefined && [uploaded.etag, md5].includes(seen.etag);
  return { ...uploaded, isConfirmed: isOurs };
}

/** Whether the object is exactly what was sent. @throws StoppedLateError after `signal` */
export async function isStored({ md5, sizeBytes }: Digests, options: LookOptions): Promise<boolean> {
  const seen = await see(options);
  if (seen === 'unknown' || seen === undefined || md5 === undefined) return false;
  return seen.sizeBytes === sizeBytes && seen.etag === md5;
}

/** A look that is refused or fails says nothing about the object. */
async function see({ look, signal }: LookOptions): Promise<Awaited<ReturnType<ObjectLook>> | 'unknown'> {
  if (look === undefined) return 'unknown';
  try {
    return await orAborted(look(signal), signal);
  } catch {
    if (signal.aborted) throw new StoppedLateError();
    return 'unknown';
  }
}
