import type { LinkUse } from './refusal.js';

/** For any missing permission. */
const deniedUpload =
  'S3 denied the upload: the signer of the link lacks the {0} permission, or a bucket policy forbids it. Nothing was uploaded.';

/** Faults in the content, the permission or the state of the server, in whole sentences. */
export const requestFaults = {
  tooLarge: {
    upload: 'S3 refused the file because it is too large. Nothing was uploaded.',
    download: 'S3 refused the file because it is too large. Nothing was downloaded.',
    test: 'S3 refused the file because it is too large.',
  },
  tooLargeFor: {
    upload: 'The file is too large: the link allows at most {0} bytes. Nothing was uploaded.',
    download: 'The file is too large: the link allows at most {0} bytes. Nothing was downloaded.',
    test: 'The file is too large: the link allows at most {0} bytes.',
  },
  tooSmall: {
    upload: 'S3 refused the file because it is too small. Nothing was uploaded.',
    download: 'S3 refused the file because it is too small. Nothing was downloaded.',
    test: 'S3 refused the file because it is too small.',
  },
  tooSmallFor: {
    upload: 'The file is too small: the link requires at least {0} bytes. Nothing was uploaded.',
    download: 'The file is too small: the link requires at least {0} bytes. Nothing was downloaded.',
    test: 'The file is too small: the link requires at least {0} bytes.',
  },
  formField: {
    upload: 'The policy of the form does not allow the value sent in the field {0}. Nothing was uploaded.',
    download:
      'The policy of the form does not allow the value sent in the field {0}. Nothing was downloaded.',
    test: 'The policy of the form does not allow the value sent in the field {0}.',
  },
  formEncoding: {
    upload:
      'S3 accepts the fields of a form only as multipart/form-data. Nothing was uploaded. Send them in that encoding.',
    download:
      'S3 accepts the fields of a form only as multipart/form-data. Nothing was downloaded. Send them in that encoding.',
    test: 'S3 accepts the fields of a form only as multipart/form-data. Send them in that encoding.',
  },
  formPolicy: {
    upload: 'The policy of the form does not allow what was sent. Nothing was uploaded.',
    download: 'The policy of the form does not allow what was sent. Nothing was downloaded.',
    test: 'The policy of the form does not allow what was sent.',
  },
  checksum: {
    upload: 'The content is not what the link was made for: its checksum differs. Nothing was uploaded.',
    download: 'The content is not what the link was made for: its checksum differs. Nothing was downloaded.',
    test: 'The content is not what the link was made for: its checksum differs.',
  },
  writeConflict: {
    upload: 'Something else wrote to the same key at the same time. Nothing was uploaded. Try again.',
    download: 'Something else wrote to the same key at the same time. Nothing was downloaded. Try again.',
    test: 'Something else wrote to the same key at the same time. Try again.',
  },
  archived: {
    upload: 'The object is archived. Nothing was uploaded. It must be restored before it can be read.',
    download: 'The object is archived. Nothing was downloaded. It must be restored before it can be read.',
    test: 'The object is archived. It must be restored before it can be read.',
  },
  conditionFailed: {
    upload:
      'A condition of the link is not met: the object already exists, or has changed. Nothing was uploaded.',
    download:
      'A condition of the link is not met: the object already exists, or has changed. Nothing was downloaded.',
    test: 'A condition of the link is not met: the object already exists, or has changed.',
  },
  kmsNeedsVersion4: {
    upload:
      'The object is encrypted with a KMS key, which only signature version 4 links can read. Nothing was uploaded. Create one of that version.',
    download:
      'The object is encrypted with a KMS key, which only signature version 4 links can read. Nothing was downloaded. Create one of that version.',
    test: 'The object is encrypted with a KMS key, which only signature version 4 links can read. Create one of that version.',
  },
  kmsKeyUnusable: {
    upload:
      'The KMS key that encrypts the object is disabled, deleted or in another region. Nothing was uploaded. Ask its owner.',
    download:
      'The KMS key that encrypts the object is disabled, deleted or in another region. Nothing was downloaded. Ask its owner.',
    test: 'The KMS key that encrypts the object is disabled, deleted or in another region. Ask its owner.',
  },
  kmsDenied: {
    upload:
      'The signer of the link lacks permission to use the KMS key of the object. Nothing was uploaded. Ask the owner of the key for {0}.',
    download:
      'The signer of the link lacks permission to use the KMS key of the object. Nothing was downloaded. Ask the owner of the key for {0}.',
    test: 'The signer of the link lacks permission to use the KMS key of the object. Ask the owner of the key for {0}.',
  },
  deniedList: {
    upload: deniedUpload,
    download:
      'S3 denied access: the signer of the link lacks the {0} permission, or a bucket policy forbids it. Nothing was downloaded.',
    test: 'S3 denied access: the signer of the link lacks the {0} permission, or a bucket policy forbids it.',
  },
  deniedUnknown: {
    upload:
      'S3 denied the upload: the signer of the link lacks a permission, or a bucket policy forbids it. Nothing was uploaded.',
    download:
      'S3 denied access: the signer of the link lacks a permission, or a bucket policy forbids it. Nothing was downloaded.',
    test: 'S3 denied access: the signer of the link lacks a permission, or a bucket policy forbids it.',
  },
  denied: {
    upload: deniedUpload,
    download:
      'S3 denied access: the signer of the link lacks {0}, a bucket policy forbids it, or the object does not exist and the signer lacks s3:ListBucket. Nothing was downloaded.',
    test: 'S3 denied access: the signer of the link lacks {0}, a bucket policy forbids it, or the object does not exist and the signer lacks s3:ListBucket.',
  },
  proxyPassword: {
    upload: 'The proxy requires a user name and a password (407). Nothing was uploaded.',
    download: 'The proxy requires a user name and a password (407). Nothing was downloaded.',
    test: 'The proxy requires a user name and a password (407).',
  },
  tooManyRequests: {
    upload: 'S3 is receiving too many requests. Nothing was uploaded. Try again.',
    download: 'S3 is receiving too many requests. Nothing was downloaded. Try again.',
    test: 'S3 is receiving too many requests. Try again.',
  },
  busy: {
    upload: 'S3 is busy or temporarily unavailable. Nothing was uploaded. Try again.',
    download: 'S3 is busy or temporarily unavailable. Nothing was downloaded. Try again.',
    test: 'S3 is busy or temporarily unavailable. Try again.',
  },
  refused: {
    upload: 'S3 refused the link ({0}). Nothing was uploaded.',
    download: 'S3 refused the link ({0}). Nothing was downloaded.',
    test: 'S3 refused the link ({0}).',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<LinkUse, string>>>>;
