import type { LinkUse } from './refusal.js';

/** Whichever permission is lacking. */
const deniedUpload =
  'S3 denied the upload: signing a link checks no permission, and whoever signed the link lacks the permission to write there ({0}), or a policy of the bucket forbids it; nothing was uploaded.';

/** What a link cannot help, in whole sentences: the content, the permission, the state of the server. */
export const requestFaults = {
  tooLarge: {
    upload: 'S3 refused the file as too large; nothing was uploaded.',
    download: 'S3 refused the file as too large; nothing was downloaded.',
    test: 'S3 refused the file as too large.',
  },
  tooLargeFor: {
    upload: 'The file is too large: the link takes at most {0} bytes; nothing was uploaded.',
    download: 'The file is too large: the link takes at most {0} bytes; nothing was downloaded.',
    test: 'The file is too large: the link takes at most {0} bytes.',
  },
  tooSmall: {
    upload: 'S3 refused the file as too small; nothing was uploaded.',
    download: 'S3 refused the file as too small; nothing was downloaded.',
    test: 'S3 refused the file as too small.',
  },
  tooSmallFor: {
    upload: 'The file is too small: the link takes at least {0} bytes; nothing was uploaded.',
    download: 'The file is too small: the link takes at least {0} bytes; nothing was downloaded.',
    test: 'The file is too small: the link takes at least {0} bytes.',
  },
  formField: {
    upload: 'The policy of the form does not allow what was sent in the field {0}; nothing was uploaded.',
    download: 'The policy of the form does not allow what was sent in the field {0}; nothing was downloaded.',
    test: 'The policy of the form does not allow what was sent in the field {0}.',
  },
  formEncoding: {
    upload:
      'S3 takes the fields of a form only as multipart/form-data; nothing was uploaded. Send it in that encoding.',
    download:
      'S3 takes the fields of a form only as multipart/form-data; nothing was downloaded. Send it in that encoding.',
    test: 'S3 takes the fields of a form only as multipart/form-data. Send it in that encoding.',
  },
  formPolicy: {
    upload: 'The policy of the form does not allow what was sent; nothing was uploaded.',
    download: 'The policy of the form does not allow what was sent; nothing was downloaded.',
    test: 'The policy of the form does not allow what was sent.',
  },
  checksum: {
    upload:
      'The content is not the one that the link was made for: its checksum differs; nothing was uploaded.',
    download:
      'The content is not the one that the link was made for: its checksum differs; nothing was downloaded.',
    test: 'The content is not the one that the link was made for: its checksum differs.',
  },
  writeConflict: {
    upload: 'Something else was written to the same key at the same moment; nothing was uploaded. Try again.',
    download:
      'Something else was written to the same key at the same moment; nothing was downloaded. Try again.',
    test: 'Something else was written to the same key at the same moment. Try again.',
  },
  archived: {
    upload: 'The object is archived; nothing was uploaded. It has to be restored before it can be read.',
    download: 'The object is archived; nothing was downloaded. It has to be restored before it can be read.',
    test: 'The object is archived. It has to be restored before it can be read.',
  },
  conditionFailed: {
    upload:
      'A condition that the link makes does not hold: the object is there already, or has changed; nothing was uploaded.',
    download:
      'A condition that the link makes does not hold: the object is there already, or has changed; nothing was downloaded.',
    test: 'A condition that the link makes does not hold: the object is there already, or has changed.',
  },
  kmsNeedsVersion4: {
    upload:
      'The object is encrypted with a KMS key, which only links of signature version 4 can read; nothing was uploaded. Make one of that version.',
    download:
      'The object is encrypted with a KMS key, which only links of signature version 4 can read; nothing was downloaded. Make one of that version.',
    test: 'The object is encrypted with a KMS key, which only links of signature version 4 can read. Make one of that version.',
  },
  kmsKeyUnusable: {
    upload:
      'The KMS key that encrypts the object is disabled, deleted or in another region; nothing was uploaded. Ask its owner.',
    download:
      'The KMS key that encrypts the object is disabled, deleted or in another region; nothing was downloaded. Ask its owner.',
    test: 'The KMS key that encrypts the object is disabled, deleted or in another region. Ask its owner.',
  },
  kmsDenied: {
    upload:
      'Whoever signed the link may not use the KMS key that encrypts the object; nothing was uploaded. Ask its owner for {0}.',
    download:
      'Whoever signed the link may not use the KMS key that encrypts the object; nothing was downloaded. Ask its owner for {0}.',
    test: 'Whoever signed the link may not use the KMS key that encrypts the object. Ask its owner for {0}.',
  },
  deniedList: {
    upload: deniedUpload,
    download:
      'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to list there ({0}), or a policy of the bucket forbids it; nothing was downloaded.',
    test: 'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to list there ({0}), or a policy of the bucket forbids it.',
  },
  denied: {
    upload: deniedUpload,
    download:
      'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to read it ({0}), a policy of the bucket forbids it, or the object is not there and the signer may not list; nothing was downloaded.',
    test: 'S3 denied access: signing a link checks no permission, and whoever signed the link lacks the permission to read it ({0}), a policy of the bucket forbids it, or the object is not there and the signer may not list.',
  },
  proxyPassword: {
    upload: 'The proxy wants a user name and a password (407); nothing was uploaded.',
    download: 'The proxy wants a user name and a password (407); nothing was downloaded.',
    test: 'The proxy wants a user name and a password (407).',
  },
  tooManyRequests: {
    upload: 'S3 is busy with too many requests at this moment; nothing was uploaded. Try again.',
    download: 'S3 is busy with too many requests at this moment; nothing was downloaded. Try again.',
    test: 'S3 is busy with too many requests at this moment. Try again.',
  },
  busy: {
    upload: 'S3 is busy or has a fault at this moment; nothing was uploaded. Try again.',
    download: 'S3 is busy or has a fault at this moment; nothing was downloaded. Try again.',
    test: 'S3 is busy or has a fault at this moment. Try again.',
  },
  refused: {
    upload: 'S3 refused the link ({0}); nothing was uploaded.',
    download: 'S3 refused the link ({0}); nothing was downloaded.',
    test: 'S3 refused the link ({0}).',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<LinkUse, string>>>>;
