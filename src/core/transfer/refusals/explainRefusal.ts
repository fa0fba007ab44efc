import type { Message } from '../../failures/message.js';
import { nameList } from '../../text/nameList.js';
import { linkFaults } from './linkFaults.js';
import { saysExpired, type Difference, type LinkUse, type Refusal } from './refusal.js';
import { requestFaults } from './requestFaults.js';

const faults = { ...linkFaults, ...requestFaults };

type Fault = keyof typeof faults;

/** What was wrong, and the arguments of its sentence. */
type Cause = readonly [fault: Fault, ...args: NonNullable<Message['args']>];

/** Why S3 refused a link: one sentence with the cause and the result, and at most one that helps. */
export function explainRefusal(refusal: Refusal, use: LinkUse): Message {
  if (refusal.status === 412 && use === 'upload' && refusal.details.createsOnly === true)
    return { text: 'The object already exists. Nothing was changed.' };
  const [fault, ...args] = causeOf(refusal, use);
  const text = faults[fault][use];
  return args.length === 0 ? { text } : { text, args };
}

function causeOf(refusal: Refusal, use: LinkUse): Cause {
  return (
    timeFault(refusal) ??
    signatureFault(refusal) ??
    placeFault(refusal) ??
    contentFault(refusal) ??
    encryptionFault(refusal, use) ??
    accessFault(refusal, use) ??
    serverFault(refusal)
  );
}

function timeFault({ code, reason, details: { expiredAt, beginsAt } }: Refusal): Cause | undefined {
  if (code === 'InvalidToken') return ['unknownToken'];
  if (code.includes('Token')) return ['credentialsExpired'];
  if (expiredAt !== undefined) return ['expiredAt', expiredAt];
  if (saysExpired(reason)) return ['expired'];
  if (beginsAt !== undefined) return ['validFrom', beginsAt];
  if (/not yet valid/i.test(reason)) return ['notYetValid'];
  return code === 'RequestTimeTooSkewed' ? ['clockSkew'] : undefined;
}

function signatureFault(refusal: Refusal): Cause | undefined {
  const { code, reason, headersNotSigned } = refusal;
  if (headersNotSigned !== undefined) return ['unsignedHeaders', nameList(headersNotSigned)];
  if (code === 'InvalidAccessKeyId') return ['unknownAccessKey'];
  if (code === 'SignatureDoesNotMatch') return mismatch(refusal);
  if (/region|Redirect/i.test(`${code} ${reason}`)) {
    const region = regionFault(refusal);
    if (region !== undefined) return region;
  }
  if (reason.includes('must be less than a week')) return ['expiryTooLong'];
  if (reason.includes('mal-formed')) return ['malformedSigner'];
  const isIncomplete =
    code === 'AuthorizationQueryParametersError' || reason.startsWith('Query-string authentication');
  return isIncomplete ? ['incompleteSignature'] : undefined;
}

/** A bucket in the signed region may be reached only at another host, which is another cause. */
function regionFault({ details: { signedRegion, bucketRegion } }: Refusal): Cause | undefined {
  if (signedRegion === undefined || bucketRegion === undefined || signedRegion === bucketRegion)
    return undefined;
  return ['wrongRegion', signedRegion, bucketRegion];
}

/** The first difference says most: what is missing or was added comes before what changed on the way. */
const order: readonly Difference['part'][] = [
  'missingHeader',
  'addedParameter',
  'method',
  'header',
  'parameter',
  'path',
];

function mismatch({ details: { differences = [], signedHeaders = [], method = '' } }: Refusal): Cause {
  const part = order.find((candidate) => differences.some((difference) => difference.part === candidate));
  const found = differences.filter((difference) => difference.part === part);
  const names = nameList(found.flatMap((difference) => ('name' in difference ? [difference.name] : [])));
  switch (part) {
    case undefined:
      return unexplainedMismatch(signedHeaders, method);
    case 'missingHeader':
      return ['missingHeaders', names];
    case 'addedParameter':
      return ['addedParameters', names];
    case 'method':
      return ['changedMethod'];
    case 'header':
      return ['changedHeaders', names];
    case 'parameter':
      return ['changedParameters', names];
    case 'path':
      return ['changedPath'];
  }
}

function unexplainedMismatch(signedHeaders: readonly string[], method: string): Cause {
  if (method === '') return ['mismatch'];
  if (signedHeaders.length === 0) return ['mismatchOrMethod', method];
  return ['mismatchOrHeaders', method, nameList(signedHeaders)];
}

function placeFault({ status, code, details }: Refusal): Cause | undefined {
  const { endpoint, bucketRegion, signedRegion } = details;
  if (code.includes('Redirect') || (status >= 300 && status < 400)) {
    const answer = shownAnswer(status, code);
    if (endpoint !== undefined) return ['otherHost', endpoint, answer];
    if (bucketRegion !== undefined && bucketRegion !== signedRegion)
      return ['movedToRegion', bucketRegion, answer];
    return ['redirected', answer];
  }
  if (code === 'NoSuchBucket') return ['noSuchBucket'];
  if (code === 'NoSuchKey') return ['noSuchKey'];
  if (code === 'NoSuchVersion') return ['noSuchVersion'];
  if (code === 'NoSuchUpload') return ['noSuchUpload'];
  if (status === 405) return ['methodNotAllowed'];
  return status === 404 ? ['notFound'] : undefined;
}

function shownAnswer(status: number, code: string): string | number {
  return code === '' ? status : `${status} ${code}`;
}

function contentFault({ status, code, reason, details }: Refusal): Cause | undefined {
  const { minBytes, maxBytes, formField, isWrongForm } = details;
  if (code === 'EntityTooLarge') return maxBytes === undefined ? ['tooLarge'] : ['tooLargeFor', maxBytes];
  if (code === 'EntityTooSmall') return minBytes === undefined ? ['tooSmall'] : ['tooSmallFor', minBytes];
  if (formField !== undefined) return ['formField', formField];
  if (isWrongForm === true) return ['formEncoding'];
  if (reason.startsWith('Invalid according to Policy')) return ['formPolicy'];
  if (/BadDigest|SHA256Mismatch|InvalidDigest/.test(code) || /checksum/i.test(reason)) return ['checksum'];
  if (code === 'ConditionalRequestConflict') return ['writeConflict'];
  if (code === 'InvalidObjectState') return ['archived'];
  return status === 412 || status === 304 ? ['conditionFailed'] : undefined;
}

function encryptionFault({ code, reason, details }: Refusal, use: LinkUse): Cause | undefined {
  const { permission = '' } = details;
  if (reason.includes('Signature Version 4')) return ['kmsNeedsVersion4'];
  if (code.startsWith('KMS.')) return ['kmsKeyUnusable'];
  if (!/\bkms\b/i.test(`${permission} ${reason}`)) return undefined;
  const action = use === 'upload' ? 'kms:GenerateDataKey' : 'kms:Decrypt';
  return ['kmsDenied', permission.startsWith('kms:') ? permission : action];
}

function accessFault({ status, details }: Refusal, use: LinkUse): Cause | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const { permission, target } = details;
  if (permission === undefined && target !== undefined) return ['deniedUnknown'];
  const needed = permission ?? (use === 'upload' ? 's3:PutObject' : 's3:GetObject');
  return [target === 'bucket' || needed.startsWith('s3:List') ? 'deniedList' : 'denied', needed];
}

function serverFault({ status, code }: Refusal): Cause {
  if (status === 407) return ['proxyPassword'];
  if (code === 'SlowDown' || status === 429) return ['tooManyRequests'];
  return status >= 500 ? ['busy'] : ['refused', shownAnswer(status, code)];
}
