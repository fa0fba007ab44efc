import type { LinkUse } from './refusal.js';

/** What is wrong with a link, in whole sentences: what came of it differs by what the link was used for. */
export const linkFaults = {
  unknownToken: {
    upload:
      'S3 does not know the session token in the link: it was cut off or changed, or the link belongs to another service; nothing was uploaded. Copy the whole link again.',
    download:
      'S3 does not know the session token in the link: it was cut off or changed, or the link belongs to another service; nothing was downloaded. Copy the whole link again.',
    test: 'S3 does not know the session token in the link: it was cut off or changed, or the link belongs to another service. Copy the whole link again.',
  },
  credentialsExpired: {
    upload:
      'The temporary credentials behind the link have ended; nothing was uploaded. Another link is needed.',
    download:
      'The temporary credentials behind the link have ended; nothing was downloaded. Another link is needed.',
    test: 'The temporary credentials behind the link have ended. Another link is needed.',
  },
  expiredAt: {
    upload: 'The link has ended: it worked until {0}; nothing was uploaded. Another one is needed.',
    download: 'The link has ended: it worked until {0}; nothing was downloaded. Another one is needed.',
    test: 'The link has ended: it worked until {0}. Another one is needed.',
  },
  expired: {
    upload: 'The link has ended; nothing was uploaded. Another one is needed.',
    download: 'The link has ended; nothing was downloaded. Another one is needed.',
    test: 'The link has ended. Another one is needed.',
  },
  validFrom: {
    upload:
      "The link is not valid yet: it works from {0}, and either the clock of the machine that made it is ahead of S3's, or it is meant for later; nothing was uploaded.",
    download:
      "The link is not valid yet: it works from {0}, and either the clock of the machine that made it is ahead of S3's, or it is meant for later; nothing was downloaded.",
    test: "The link is not valid yet: it works from {0}, and either the clock of the machine that made it is ahead of S3's, or it is meant for later.",
  },
  notYetValid: {
    upload:
      "The link is not valid yet: either the clock of the machine that made it is ahead of S3's, or it is meant for later; nothing was uploaded.",
    download:
      "The link is not valid yet: either the clock of the machine that made it is ahead of S3's, or it is meant for later; nothing was downloaded.",
    test: "The link is not valid yet: either the clock of the machine that made it is ahead of S3's, or it is meant for later.",
  },
  clockSkew: {
    upload:
      "The clock of the machine that made the link differs from S3's by more than 15 minutes; nothing was uploaded. Set it and make another link.",
    download:
      "The clock of the machine that made the link differs from S3's by more than 15 minutes; nothing was downloaded. Set it and make another link.",
    test: "The clock of the machine that made the link differs from S3's by more than 15 minutes. Set it and make another link.",
  },
  expiryTooLong: {
    upload:
      'The link was signed for more than 7 days, which S3 does not allow; nothing was uploaded. Make another one.',
    download:
      'The link was signed for more than 7 days, which S3 does not allow; nothing was downloaded. Make another one.',
    test: 'The link was signed for more than 7 days, which S3 does not allow. Make another one.',
  },
  unsignedHeaders: {
    upload:
      'S3 refused the request because of headers that the link does not allow ({0}); nothing was uploaded. Leave them out, or make a link that signs them.',
    download:
      'S3 refused the request because of headers that the link does not allow ({0}); nothing was downloaded. Leave them out, or make a link that signs them.',
    test: 'S3 refused the request because of headers that the link does not allow ({0}). Leave them out, or make a link that signs them.',
  },
  unknownAccessKey: {
    upload:
      'S3 does not know the access key that signed the link: it was deleted, or the link belongs to another service or account; nothing was uploaded.',
    download:
      'S3 does not know the access key that signed the link: it was deleted, or the link belongs to another service or account; nothing was downloaded.',
    test: 'S3 does not know the access key that signed the link: it was deleted, or the link belongs to another service or account.',
  },
  wrongRegion: {
    upload:
      'The link was signed for the region {0}, but the bucket is in {1}; nothing was uploaded. Make one for that region.',
    download:
      'The link was signed for the region {0}, but the bucket is in {1}; nothing was downloaded. Make one for that region.',
    test: 'The link was signed for the region {0}, but the bucket is in {1}. Make one for that region.',
  },
  malformedSigner: {
    upload:
      'The name of the signer in the link is malformed, as after percent-encoding the link twice; nothing was uploaded. Copy it again.',
    download:
      'The name of the signer in the link is malformed, as after percent-encoding the link twice; nothing was downloaded. Copy it again.',
    test: 'The name of the signer in the link is malformed, as after percent-encoding the link twice. Copy it again.',
  },
  incompleteSignature: {
    upload:
      'A part of the signature is missing in the link or damaged; nothing was uploaded. Copy the whole link again.',
    download:
      'A part of the signature is missing in the link or damaged; nothing was downloaded. Copy the whole link again.',
    test: 'A part of the signature is missing in the link or damaged. Copy the whole link again.',
  },
  missingHeaders: {
    upload:
      'The link was signed with headers that were not sent ({0}); nothing was uploaded. Send them with exactly the values that were signed.',
    download:
      'The link was signed with headers that were not sent ({0}); nothing was downloaded. Send them with exactly the values that were signed.',
    test: 'The link was signed with headers that were not sent ({0}). Send them with exactly the values that were signed.',
  },
  addedParameters: {
    upload:
      'The link holds parameters that S3 does not know ({0}): they were added after it was signed, which breaks it; nothing was uploaded. Remove them.',
    download:
      'The link holds parameters that S3 does not know ({0}): they were added after it was signed, which breaks it; nothing was downloaded. Remove them.',
    test: 'The link holds parameters that S3 does not know ({0}): they were added after it was signed, which breaks it. Remove them.',
  },
  changedMethod: {
    upload:
      'S3 received another method than was sent: something on the way, a proxy for example, changes requests; nothing was uploaded.',
    download:
      'S3 received another method than was sent: something on the way, a proxy for example, changes requests; nothing was downloaded.',
    test: 'S3 received another method than was sent: something on the way, a proxy for example, changes requests.',
  },
  changedHeaders: {
    upload:
      'S3 received other values of these headers than were sent: {0}; nothing was uploaded. Something on the way, a proxy for example, changes them.',
    download:
      'S3 received other values of these headers than were sent: {0}; nothing was downloaded. Something on the way, a proxy for example, changes them.',
    test: 'S3 received other values of these headers than were sent: {0}. Something on the way, a proxy for example, changes them.',
  },
  changedParameters: {
    upload:
      'S3 received other values of these parameters than were sent: {0}; nothing was uploaded. Something on the way, a proxy for example, changes them.',
    download:
      'S3 received other values of these parameters than were sent: {0}; nothing was downloaded. Something on the way, a proxy for example, changes them.',
    test: 'S3 received other values of these parameters than were sent: {0}. Something on the way, a proxy for example, changes them.',
  },
  changedPath: {
    upload:
      'S3 received another path than was sent: something on the way, a proxy for example, changes dots, slashes or percent signs in it; nothing was uploaded.',
    download:
      'S3 received another path than was sent: something on the way, a proxy for example, changes dots, slashes or percent signs in it; nothing was downloaded.',
    test: 'S3 received another path than was sent: something on the way, a proxy for example, changes dots, slashes or percent signs in it.',
  },
  mismatch: {
    upload:
      'S3 refused the signature of the link: it was changed after it was signed, or the secret key is wrong; nothing was uploaded.',
    download:
      'S3 refused the signature of the link: it was changed after it was signed, or the secret key is wrong; nothing was downloaded.',
    test: 'S3 refused the signature of the link: it was changed after it was signed, or the secret key is wrong.',
  },
  mismatchOrMethod: {
    upload:
      'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong; nothing was uploaded.',
    download:
      'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong; nothing was downloaded.',
    test: 'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong.',
  },
  mismatchOrHeaders: {
    upload:
      'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong; or a header has another value than was signed ({1}); nothing was uploaded.',
    download:
      'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong; or a header has another value than was signed ({1}); nothing was downloaded.',
    test: 'S3 refused the signature of the link: it was changed after it was signed, is not for {0}, or the secret key is wrong; or a header has another value than was signed ({1}).',
  },
  otherHost: {
    upload:
      'The bucket is reached at another host, {0} ({1}); nothing was uploaded. A link works at the host it was signed for only: make one for that host.',
    download:
      'The bucket is reached at another host, {0} ({1}); nothing was downloaded. A link works at the host it was signed for only: make one for that host.',
    test: 'The bucket is reached at another host, {0} ({1}). A link works at the host it was signed for only: make one for that host.',
  },
  movedToRegion: {
    upload:
      'The bucket has moved to the region {0} ({1}); nothing was uploaded. Make a link for that region.',
    download:
      'The bucket has moved to the region {0} ({1}); nothing was downloaded. Make a link for that region.',
    test: 'The bucket has moved to the region {0} ({1}). Make a link for that region.',
  },
  redirected: {
    upload:
      'S3 sends the request to another place ({0}), where the link would not work; nothing was uploaded. Make a link for the host of the bucket in its own region.',
    download:
      'S3 sends the request to another place ({0}), where the link would not work; nothing was downloaded. Make a link for the host of the bucket in its own region.',
    test: 'S3 sends the request to another place ({0}), where the link would not work. Make a link for the host of the bucket in its own region.',
  },
  noSuchBucket: {
    upload: 'The bucket does not exist, or no longer; nothing was uploaded.',
    download: 'The bucket does not exist, or no longer; nothing was downloaded.',
    test: 'The bucket does not exist, or no longer.',
  },
  noSuchKey: {
    upload: 'The object does not exist, or no longer; nothing was uploaded.',
    download: 'The object does not exist, or no longer; nothing was downloaded.',
    test: 'The object does not exist, or no longer.',
  },
  noSuchVersion: {
    upload: 'This version of the object does not exist, or no longer; nothing was uploaded.',
    download: 'This version of the object does not exist, or no longer; nothing was downloaded.',
    test: 'This version of the object does not exist, or no longer.',
  },
  noSuchUpload: {
    upload: 'The multipart upload that the link belongs to was completed or given up; nothing was uploaded.',
    download:
      'The multipart upload that the link belongs to was completed or given up; nothing was downloaded.',
    test: 'The multipart upload that the link belongs to was completed or given up.',
  },
  methodNotAllowed: {
    upload:
      'What the link names takes no such request: it may be the mark of a deleted object; nothing was uploaded.',
    download:
      'What the link names takes no such request: it may be the mark of a deleted object; nothing was downloaded.',
    test: 'What the link names takes no such request: it may be the mark of a deleted object.',
  },
  notFound: {
    upload: 'The bucket or the object does not exist, or no longer; nothing was uploaded.',
    download: 'The bucket or the object does not exist, or no longer; nothing was downloaded.',
    test: 'The bucket or the object does not exist, or no longer.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<LinkUse, string>>>>;
