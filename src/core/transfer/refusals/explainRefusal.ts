import type { Message } from '../../failures/message.js';
import { saysExpired, type LinkRefusedError, type LinkUse, type Refusal } from './refusal.js';
import type { Difference } from './signatureDifference.js';
import { nameList } from '../../text/nameList.js';

const outcomes: Readonly<Record<LinkUse, string>> = {
  upload: '; nothing was uploaded.',
  download: '; nothing was downloaded.',
  test: '.',
};

/** Why S3 did not take a link: one sentence that names the cause and what came of it, and at most one that helps. */
export function explainRefusal({ refusal, use }: LinkRefusedError): Message {
  if (refusal.status === 412 && use === 'upload' && refusal.details.createsOnly === true)
    return { text: 'The object already exists, nothing was changed.' };
  const { text, args } = causeOf(refusal, use);
  const told = text.replace(/\.(?= |$)/, outcomes[use]);
  return { text: told, ...(args === undefined ? {} : { args }) };
}

function causeOf(refusal: Refusal, use: LinkUse): Message {
  return (
    explainTime(refusal) ??
    explainSignature(refusal) ??
    explainPlace(refusal) ??
    explainContent(refusal) ??
    explainEncryption(refusal, use) ??
    explainAccess(refusal, use) ??
    explainRest(refusal)
  );
}

function explainTime({ code, reason, details: { endedAt, beginsAt } }: Refusal): Message | undefined {
  if (code === 'InvalidToken')
    return {
      text: 'S3 does not know the session token in the link: it was cut off or changed, or the link belongs to another service. Copy the whole link again.',
    };
  if (code.includes('Token'))
    return { text: 'The temporary credentials behind the link have ended. Another link is needed.' };
  if (endedAt !== undefined)
    return { text: 'The link has ended: it worked until {0}. Another one is needed.', args: [endedAt] };
  if (saysExpired(reason)) return { text: 'The link has ended. Another one is needed.' };
  const clock = "either the clock of the machine that made it is ahead of S3's, or it is meant for later";
  if (beginsAt !== undefined)
    return { text: `The link is not valid yet: it works from {0}, and ${clock}.`, args: [beginsAt] };
  if (/not yet valid/i.test(reason)) return { text: `The link is not valid yet: ${clock}.` };
  if (code === 'RequestTimeTooSkewed')
    return {
      text: "The clock of the machine that made the link differs from S3's by more than 15 minutes. Set it and make another link.",
    };
  return undefined;
}

function explainSignature(refusal: Refusal): Message | undefined {
  const { code, reason, headersNotSigned } = refusal;
  if (headersNotSigned !== undefined)
    return {
      text: 'S3 refused the request because of headers that the link does not allow ({0}). Leave them out, or make a link that signs them.',
      args: [nameList(headersNotSigned)],
    };
  if (code === 'InvalidAccessKeyId')
    return {
      text: 'S3 does not know the access key that signed the link: it was deleted, or the link belongs to another service or account.',
    };
  if (code === 'SignatureDoesNotMatch') return explainMismatch(refusal);
  if (/region|Redirect/i.test(`${code} ${reason}`)) {
    const region = explainRegion(refusal);
    if (region !== undefined) return region;
  }
  if (reason.includes('must be less than a week'))
    return { text: 'The link was signed for more than 7 days, which S3 does not allow. Make another one.' };
  if (reason.includes('mal-formed'))
    return {
      text: 'The name of the signer in the link is malformed, as after percent-encoding the link twice. Copy it again.',
    };
  if (code === 'AuthorizationQueryParametersError' || reason.startsWith('Query-string authentication'))
    return { text: 'A part of the signature is missing in the link or damaged. Copy the whole link again.' };
  return undefined;
}

/** A bucket in the region that was signed for may be reached at another host only: that is another cause. */
function explainRegion({ details: { signedRegion, bucketRegion } }: Refusal): Message | undefined {
  if (signedRegion === undefined || bucketRegion === undefined || signedRegion === bucketRegion)
    return undefined;
  return {
    text: 'The link was signed for the region {0}, but the bucket is in {1}. Make one for that region.',
    args: [signedRegion, bucketRegion],
  };
}

/** The first difference tells most: what is missing or was added stands before what changed on the way. */
const order: readonly Difference['part'][] = [
  'missingHeader',
  'addedParameter',
  'method',
  'header',
  'parameter',
  'path',
];

function explainMismatch({
  details: { differences = [], signedHeaders = [], method = '' },
}: Refusal): Message {
  const part = order.find((candidate) => differences.some((difference) => difference.part === candidate));
  const found = differences.filter((difference) => difference.part === part);
  const names = found.flatMap((difference) => ('name' in difference ? [difference.name] : []));
  switch (part) {
    case undefined:
      return unexplainedMismatch(signedHeaders, method);
    case 'missingHeader':
      return {
        text: 'The link was signed with headers that were not sent ({0}). Send them with exactly the values that were signed.',
        args: [nameList(names)],
      };
    case 'addedParameter':
      return {
        text: 'The link holds parameters that S3 does not know ({0}): they were added after it was signed, which breaks it. Remove them.',
        args: [nameList(names)],
      };
    case 'method':
      return {
        text: 'S3 received another method than was sent: something on the way, a proxy for example, changes requests.',
      };
    case 'header':
      return {
        text: 'S3 received other values of these headers than were sent: {0}. Something on the way, a proxy for example, changes them.',
        args: [nameList(names)],
      };
    case 'parameter':
      return {
        text: 'S3 received other values of these parameters than were sent: {0}. Something on the way, a proxy for example, changes them.',
        args: [nameList(names)],
      };
    case 'path':
      return {
        text: 'S3 received another path than was sent: something on the way, a proxy for example, changes dots, slashes or percent signs in it.',
      };
  }
}

function unexplainedMismatch(signedHeaders: readonly string[], method: string): Message {
  const start =
    'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong';
  if (method === '')
    return {
      text: 'S3 refused the signature of the link: it was changed after it was signed, or the secret key is wrong.',
    };
  if (signedHeaders.length === 0) return { text: `${start}.`, args: [method] };
  return {
    text: `${start}; or a header has another value than was signed ({1}).`,
    args: [method, nameList(signedHeaders)],
  };
}

function explainPlace({ status, code, details }: Refusal): Message | undefined {
  const { endpoint, bucketRegion, signedRegion } = details;
  if (code.includes('Redirect') || (status >= 300 && status < 400)) {
    const answer = code === '' ? status : `${status} ${code}`;
    if (endpoint !== undefined)
      return {
        text: 'The bucket is reached at another host, {0} ({1}). A link works at the host it was signed for only: make one for that host.',
        args: [endpoint, answer],
      };
    if (bucketRegion !== undefined && bucketRegion !== signedRegion)
      return {
        text: 'The bucket has moved to the region {0} ({1}). Make a link for that region.',
        args: [bucketRegion, answer],
      };
    return {
      text: 'S3 sends the request to another place ({0}), where the link would not work. Make a link for the host of the bucket in its own region.',
      args: [answer],
    };
  }
  if (code === 'NoSuchBucket') return { text: 'The bucket does not exist, or no longer.' };
  if (code === 'NoSuchKey') return { text: 'The object does not exist, or no longer.' };
  if (code === 'NoSuchVersion') return { text: 'This version of the object does not exist, or no longer.' };
  if (code === 'NoSuchUpload')
    return { text: 'The multipart upload that the link belongs to was completed or given up.' };
  if (status === 405)
    return { text: 'What the link names takes no such request: it may be the mark of a deleted object.' };
  if (status === 404) return { text: 'The bucket or the object does not exist, or no longer.' };
  return undefined;
}

function explainContent({
  status,
  code,
  reason,
  details: { minBytes, maxBytes, formField, isWrongForm },
}: Refusal): Message | undefined {
  if (code === 'EntityTooLarge')
    return maxBytes === undefined
      ? { text: 'S3 refused the file as too large.' }
      : { text: 'The file is too large: the link takes at most {0} bytes.', args: [maxBytes] };
  if (code === 'EntityTooSmall')
    return minBytes === undefined
      ? { text: 'S3 refused the file as too small.' }
      : { text: 'The file is too small: the link takes at least {0} bytes.', args: [minBytes] };
  if (formField !== undefined)
    return {
      text: 'The policy of the form does not allow what was sent in the field {0}.',
      args: [formField],
    };
  if (isWrongForm === true)
    return { text: 'S3 takes the fields of a form only as multipart/form-data. Send it in that encoding.' };
  if (reason.startsWith('Invalid according to Policy'))
    return { text: 'The policy of the form does not allow what was sent.' };
  if (/BadDigest|SHA256Mismatch|InvalidDigest/.test(code) || /checksum/i.test(reason))
    return { text: 'The content is not the one that the link was made for: its checksum differs.' };
  if (code === 'ConditionalRequestConflict')
    return { text: 'Something else was written to the same key at the same moment. Try again.' };
  if (code === 'InvalidObjectState')
    return { text: 'The object is archived. It has to be restored before it can be read.' };
  if (status === 412 || status === 304)
    return {
      text: 'A condition that the link makes does not hold: the object is there already, or has changed.',
    };
  return undefined;
}

function explainEncryption(
  { code, reason, details: { permission = '' } }: Refusal,
  use: LinkUse,
): Message | undefined {
  if (reason.includes('Signature Version 4'))
    return {
      text: 'The object is encrypted with a KMS key, which only links of signature version 4 can read. Make one of that version.',
    };
  if (code.startsWith('KMS.'))
    return {
      text: 'The KMS key that encrypts the object is disabled, deleted or in another region. Ask its owner.',
    };
  if (!/\bkms\b/i.test(`${permission} ${reason}`)) return undefined;
  const action = use === 'upload' ? 'kms:GenerateDataKey' : 'kms:Decrypt';
  return {
    text: 'Whoever signed the link may not use the KMS key that encrypts the object. Ask its owner for {0}.',
    args: [permission.startsWith('kms:') ? permission : action],
  };
}

function explainAccess({ status, details: { permission } }: Refusal, use: LinkUse): Message | undefined {
  if (status !== 401 && status !== 403) return undefined;
  if (use === 'upload')
    return {
      text: 'S3 denied the upload: signing a link checks no permission, and whoever signed the link lacks the permission to write there ({0}), or a policy of the bucket forbids it.',
      args: [permission ?? 's3:PutObject'],
    };
  if (permission?.startsWith('s3:List') === true)
    return {
      text: 'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to list there ({0}), or a policy of the bucket forbids it.',
      args: [permission],
    };
  return {
    text: 'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to read it ({0}), a policy of the bucket forbids it, or the object is not there and the signer may not list.',
    args: [permission ?? 's3:GetObject'],
  };
}

function explainRest({ status, code }: Refusal): Message {
  if (status === 407) return { text: 'The proxy wants a user name and a password (407).' };
  if (code === 'SlowDown' || status === 429)
    return { text: 'S3 is busy with too many requests at this moment. Try again.' };
  if (status >= 500) return { text: 'S3 is busy or has a fault at this moment. Try again.' };
  return { text: 'S3 refused the link ({0}).', args: [code === '' ? status : `${status} ${code}`] };
}
