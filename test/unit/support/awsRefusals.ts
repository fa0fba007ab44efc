/**
 * Answers of Amazon S3 to presigned URLs and forms, recorded on 21 February 2026 by the LocalStack project
 * (github.com/localstack/localstack, tests/aws/services/s3/test_s3.snapshot.json, Apache-2.0), without identifiers.
 */
export const aws = {
  'expired, version 2': {
    Code: 'AccessDenied',
    Message: 'Request has expired',
    Expires: '2026-03-01T11:00:00Z',
    ServerTime: '2026-03-01T11:00:03Z',
  },
  'unsigned headers': {
    Code: 'AccessDenied',
    Message: 'There were headers present in the request which were not signed',
    HeadersNotSigned: 'x-amz-date, x-amz-decoded-content-length',
  },
  'a missing parameter, version 2': {
    Code: 'AccessDenied',
    Message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  },
  'a missing parameter, version 4': {
    Code: 'AuthorizationQueryParametersError',
    Message:
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  },
  'too large': {
    Code: 'EntityTooLarge',
    Message: 'Your proposed upload exceeds the maximum allowed size',
    MaxSizeAllowed: '10',
    ProposedSize: '12',
  },
  'too small': {
    Code: 'EntityTooSmall',
    Message: 'Your proposed upload is smaller than the minimum allowed size',
    MinSizeAllowed: '5',
    ProposedSize: '1',
  },
  'a field with a wrong value': {
    Code: 'AccessDenied',
    Message:
      'Invalid according to Policy: Policy Condition failed: ["eq", "$success_action_redirect", "http://localhost.test/random"]',
  },
  'a field with a wrong prefix': {
    Code: 'AccessDenied',
    Message:
      'Invalid according to Policy: Policy Condition failed: ["starts-with", "$success_action_redirect", "http://localhost"]',
  },
  'an invalid size limit': {
    Code: 'AccessDenied',
    Message: 'Invalid according to Policy: Policy Condition failed: ["content-length-range", "test", "10"]',
  },
  'a form with a wrong encoding': {
    Code: 'PreconditionFailed',
    Message: 'At least one of the pre-conditions you specified did not hold',
    Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
  },
  'a credential that was encoded twice': {
    Code: 'AuthorizationQueryParametersError',
    Message:
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
  },
  denied: { Code: 'AccessDenied', Message: 'Access Denied' },
} as const;
