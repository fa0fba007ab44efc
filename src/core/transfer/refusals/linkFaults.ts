import type { LinkUse } from './refusal.js';

/**
 * What is wrong with a link, in whole sentences, because the result depends on what the link was used for.
 */
export const linkFaults = {
  unknownToken: {
    upload:
      'S3 rejected the session token in the link: it was cut off or changed, or the link is for another service. Nothing was uploaded. Copy the whole link again.',
    download:
      'S3 rejected the session token in the link: it was cut off or changed, or the link is for another service. Nothing was downloaded. Copy the whole link again.',
    test: 'S3 rejected the session token in the link: it was cut off or changed, or the link is for another service. Copy the whole link again.',
  },
  credentialsExpired: {
    upload:
      'The temporary credentials behind the link have expired. Nothing was uploaded. You need a new link.',
    download:
      'The temporary credentials behind the link have expired. Nothing was downloaded. You need a new link.',
    test: 'The temporary credentials behind the link have expired. You need a new link.',
  },
  expiredAt: {
    upload: 'The link expired at {0}. Nothing was uploaded. You need a new link.',
    download: 'The link expired at {0}. Nothing was downloaded. You need a new link.',
    test: 'The link expired at {0}. You need a new link.',
  },
  expired: {
    upload: 'The link has expired. Nothing was uploaded. You need a new link.',
    download: 'The link has expired. Nothing was downloaded. You need a new link.',
    test: 'The link has expired. You need a new link.',
  },
  validFrom: {
    upload:
      'The link is not valid until {0}. Nothing was uploaded. It may be meant for later, or the clock of the machine that created it is ahead.',
    download:
      'The link is not valid until {0}. Nothing was downloaded. It may be meant for later, or the clock of the machine that created it is ahead.',
    test: 'The link is not valid until {0}. It may be meant for later, or the clock of the machine that created it is ahead.',
  },
  notYetValid: {
    upload:
      'The link is not valid yet. Nothing was uploaded. It may be meant for later, or the clock of the machine that created it is ahead.',
    download:
      'The link is not valid yet. Nothing was downloaded. It may be meant for later, or the clock of the machine that created it is ahead.',
    test: 'The link is not valid yet. It may be meant for later, or the clock of the machine that created it is ahead.',
  },
  clockSkew: {
    upload:
      'The clock of the machine that created the link is more than 15 minutes off. Nothing was uploaded. Correct it and create another link.',
    download:
      'The clock of the machine that created the link is more than 15 minutes off. Nothing was downloaded. Correct it and create another link.',
    test: 'The clock of the machine that created the link is more than 15 minutes off. Correct it and create another link.',
  },
  expiryTooLong: {
    upload:
      'The link was signed for more than 7 days, which S3 does not allow. Nothing was uploaded. Create another one.',
    download:
      'The link was signed for more than 7 days, which S3 does not allow. Nothing was downloaded. Create another one.',
    test: 'The link was signed for more than 7 days, which S3 does not allow. Create another one.',
  },
  unsignedHeaders: {
    upload:
      'S3 refused the request because of headers that the link does not allow ({0}). Nothing was uploaded. Remove them, or create a link that signs them.',
    download:
      'S3 refused the request because of headers that the link does not allow ({0}). Nothing was downloaded. Remove them, or create a link that signs them.',
    test: 'S3 refused the request because of headers that the link does not allow ({0}). Remove them, or create a link that signs them.',
  },
  unknownAccessKey: {
    upload:
      'S3 does not recognize the access key that signed the link: it was deleted, or the link is for another service or account. Nothing was uploaded.',
    download:
      'S3 does not recognize the access key that signed the link: it was deleted, or the link is for another service or account. Nothing was downloaded.',
    test: 'S3 does not recognize the access key that signed the link: it was deleted, or the link is for another service or account.',
  },
  wrongRegion: {
    upload:
      'The link was signed for the region {0}, but the bucket is in {1}. Nothing was uploaded. Create a link for that region.',
    download:
      'The link was signed for the region {0}, but the bucket is in {1}. Nothing was downloaded. Create a link for that region.',
    test: 'The link was signed for the region {0}, but the bucket is in {1}. Create a link for that region.',
  },
  malformedSigner: {
    upload:
      'The signer in the link is malformed, for example because the link was percent-encoded twice. Nothing was uploaded. Copy it again.',
    download:
      'The signer in the link is malformed, for example because the link was percent-encoded twice. Nothing was downloaded. Copy it again.',
    test: 'The signer in the link is malformed, for example because the link was percent-encoded twice. Copy it again.',
  },
  incompleteSignature: {
    upload:
      'Part of the signature in the link is missing or damaged. Nothing was uploaded. Copy the whole link again.',
    download:
      'Part of the signature in the link is missing or damaged. Nothing was downloaded. Copy the whole link again.',
    test: 'Part of the signature in the link is missing or damaged. Copy the whole link again.',
  },
  missingHeaders: {
    upload:
      'The link was signed with headers that were not sent ({0}). Nothing was uploaded. Send them with exactly the signed values.',
    download:
      'The link was signed with headers that were not sent ({0}). Nothing was downloaded. Send them with exactly the signed values.',
    test: 'The link was signed with headers that were not sent ({0}). Send them with exactly the signed values.',
  },
  addedParameters: {
    upload:
      'Parameters that S3 does not know ({0}) were added to the link after it was signed, which breaks it. Nothing was uploaded. Remove them.',
    download:
      'Parameters that S3 does not know ({0}) were added to the link after it was signed, which breaks it. Nothing was downloaded. Remove them.',
    test: 'Parameters that S3 does not know ({0}) were added to the link after it was signed, which breaks it. Remove them.',
  },
  changedMethod: {
    upload:
      'S3 received a different method than was sent. Nothing was uploaded. Something in between, such as a proxy, changes requests.',
    download:
      'S3 received a different method than was sent. Nothing was downloaded. Something in between, such as a proxy, changes requests.',
    test: 'S3 received a different method than was sent. Something in between, such as a proxy, changes requests.',
  },
  changedHeaders: {
    upload:
      'S3 received different values for these headers than were sent: {0}. Nothing was uploaded. Something in between, such as a proxy, changes them.',
    download:
      'S3 received different values for these headers than were sent: {0}. Nothing was downloaded. Something in between, such as a proxy, changes them.',
    test: 'S3 received different values for these headers than were sent: {0}. Something in between, such as a proxy, changes them.',
  },
  changedParameters: {
    upload:
      'S3 received different values for these parameters than were sent: {0}. Nothing was uploaded. Something in between, such as a proxy, changes them.',
    download:
      'S3 received different values for these parameters than were sent: {0}. Nothing was downloaded. Something in between, such as a proxy, changes them.',
    test: 'S3 received different values for these parameters than were sent: {0}. Something in between, such as a proxy, changes them.',
  },
  changedPath: {
    upload:
      'S3 received a different path than was sent. Nothing was uploaded. Something in between, such as a proxy, changes dots, slashes or percent signs in it.',
    download:
      'S3 received a different path than was sent. Nothing was downloaded. Something in between, such as a proxy, changes dots, slashes or percent signs in it.',
    test: 'S3 received a different path than was sent. Something in between, such as a proxy, changes dots, slashes or percent signs in it.',
  },
  mismatch: {
    upload:
      'S3 rejected the signature: the link was changed after it was signed, or the secret key is wrong. Nothing was uploaded.',
    download:
      'S3 rejected the signature: the link was changed after it was signed, or the secret key is wrong. Nothing was downloaded.',
    test: 'S3 rejected the signature: the link was changed after it was signed, or the secret key is wrong.',
  },
  mismatchOrMethod: {
    upload:
      'S3 rejected the signature: the link was changed after it was signed, is not for {0}, or the secret key is wrong. Nothing was uploaded.',
    download:
      'S3 rejected the signature: the link was changed after it was signed, is not for {0}, or the secret key is wrong. Nothing was downloaded.',
    test: 'S3 rejected the signature: the link was changed after it was signed, is not for {0}, or the secret key is wrong.',
  },
  mismatchOrHeaders: {
    upload:
      'S3 rejected the signature: the link was changed after it was signed, is not for {0}, a header has a different value than was signed ({1}), or the secret key is wrong. Nothing was uploaded.',
    download:
      'S3 rejected the signature: the link was changed after it was signed, is not for {0}, a header has a different value than was signed ({1}), or the secret key is wrong. Nothing was downloaded.',
    test: 'S3 rejected the signature: the link was changed after it was signed, is not for {0}, a header has a different value than was signed ({1}), or the secret key is wrong.',
  },
  otherHost: {
    upload:
      'The bucket is at another host, {0} ({1}). Nothing was uploaded. A link works only at the host it was signed for, so create one for that host.',
    download:
      'The bucket is at another host, {0} ({1}). Nothing was downloaded. A link works only at the host it was signed for, so create one for that host.',
    test: 'The bucket is at another host, {0} ({1}). A link works only at the host it was signed for, so create one for that host.',
  },
  movedToRegion: {
    upload: 'The bucket is in the region {0} ({1}). Nothing was uploaded. Create a link for that region.',
    download: 'The bucket is in the region {0} ({1}). Nothing was downloaded. Create a link for that region.',
    test: 'The bucket is in the region {0} ({1}). Create a link for that region.',
  },
  redirected: {
    upload:
      "S3 redirects the request to another address ({0}), where the link does not work. Nothing was uploaded. Create a link for the bucket's own region.",
    download:
      "S3 redirects the request to another address ({0}), where the link does not work. Nothing was downloaded. Create a link for the bucket's own region.",
    test: "S3 redirects the request to another address ({0}), where the link does not work. Create a link for the bucket's own region.",
  },
  noSuchBucket: {
    upload: 'The bucket does not exist or was deleted. Nothing was uploaded.',
    download: 'The bucket does not exist or was deleted. Nothing was downloaded.',
    test: 'The bucket does not exist or was deleted.',
  },
  noSuchKey: {
    upload: 'The object does not exist or was deleted. Nothing was uploaded.',
    download: 'The object does not exist or was deleted. Nothing was downloaded.',
    test: 'The object does not exist or was deleted.',
  },
  noSuchVersion: {
    upload: 'This version of the object does not exist or was deleted. Nothing was uploaded.',
    download: 'This version of the object does not exist or was deleted. Nothing was downloaded.',
    test: 'This version of the object does not exist or was deleted.',
  },
  noSuchUpload: {
    upload: 'The multipart upload that the link belongs to was completed or aborted. Nothing was uploaded.',
    download:
      'The multipart upload that the link belongs to was completed or aborted. Nothing was downloaded.',
    test: 'The multipart upload that the link belongs to was completed or aborted.',
  },
  methodNotAllowed: {
    upload:
      'The object or version in the link does not accept this request. Nothing was uploaded. It may be a delete marker.',
    download:
      'The object or version in the link does not accept this request. Nothing was downloaded. It may be a delete marker.',
    test: 'The object or version in the link does not accept this request. It may be a delete marker.',
  },
  notFound: {
    upload: 'The bucket or the object does not exist or was deleted. Nothing was uploaded.',
    download: 'The bucket or the object does not exist or was deleted. Nothing was downloaded.',
    test: 'The bucket or the object does not exist or was deleted.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<LinkUse, string>>>>;
