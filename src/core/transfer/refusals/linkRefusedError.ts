import { MessageError } from '../../failures/message.js';
import { explainRefusal } from './explainRefusal.js';
import type { LinkUse, Refusal } from './refusal.js';

/** S3 refused a link. The log gets the status and the code. */
export class LinkRefusedError extends MessageError {
  override readonly name = 'LinkRefusedError';

  constructor(
    readonly refusal: Refusal,
    use: LinkUse = 'upload',
  ) {
    super(explainRefusal(refusal, use), `The link was refused: ${refusal.status} ${refusal.code}`);
  }
}

/**
 * Why an upload with `If-None-Match: *` was refused, if it was for that condition: an object exists or is
 * being written, or the store does not support conditional writes and answers 501 or calls the header
 * invalid.
 */
export function conditionRefusal(error: unknown): 'exists' | 'unsupported' | undefined {
  if (!(error instanceof LinkRefusedError)) return undefined;
  const { status, code } = error.refusal;
  if (status === 412 || (status === 409 && code === 'ConditionalRequestConflict')) return 'exists';
  const isInvalid = /^(?:NotImplemented|NotSupported|InvalidArgument|InvalidRequest)$/.test(code);
  return status === 501 || (status === 400 && isInvalid) ? 'unsupported' : undefined;
}
