/** Why the contract does not follow the other server. */
export interface Difference {
  /** What Ceph's gateway does. */
  readonly ceph: string;
  /** The source for AWS behaving as the contract says. */
  readonly aws: string;
}

const api = (page: string): string => `Amazon S3 API Reference, ${page}`;
const recorded = (name: string): string => `AWS's recorded answer, strictS3/recorded: ${name}`;
const postRecorded = (test: string): string =>
  `AWS's recorded answer, localstack/localstack tests/aws/services/s3: TestS3PresignedPost::test_post_*${test}`;
const errorCodes = api('Error Responses');
const sigV4Query = api('Authenticating Requests: Using Query Parameters');

/** The sentences of the contract that Ceph RGW 16 does not keep, by name. */
export const cephDifferences: Readonly<Record<string, Difference>> = {
  'buckets: ListBuckets returns pages of MaxBuckets': {
    ceph: 'returns all buckets at once',
    aws: api('ListBuckets (max-buckets, continuation-token, prefix)'),
  },
  'buckets: ListBuckets with a parameter names each region': {
    ceph: 'needs a region',
    aws: api('Bucket (BucketRegion)'),
  },
  'buckets: HeadBucket names the region': {
    ceph: 'sends no x-amz-bucket-region',
    aws: api('HeadBucket (x-amz-bucket-region)'),
  },
  'buckets: GetBucketLocation of us-east-1 is empty': {
    ceph: 'says us-east-1',
    aws: api('GetBucketLocation (us-east-1 has a LocationConstraint of null)'),
  },
  'buckets: CreateBucket in one region cannot name another': {
    ceph: 'has one endpoint for every region, and answers InvalidLocationConstraint to an unknown one',
    aws: errorCodes,
  },
  'listing: EncodingType url encodes a space as a plus sign and keeps slashes': {
    ceph: 'writes %20 and %2F',
    aws: 'botocore/compat.py reads listings with unquote_plus, which takes a plus sign for a space',
  },
  'listing: an invalid continuation token is refused': {
    ceph: 'reads the token as the key to continue after',
    aws: `${api('ListObjectsV2')}: the token is obfuscated and is not a real key`,
  },
  'objects: a response override that is not Latin-1 is refused': {
    ceph: 'sends the bytes unchanged',
    aws: recorded('response override'),
  },
  'writes: If-Match replaces only a matching object': {
    ceph: 'refuses the right ETag as well',
    aws: api('PutObject (If-Match)'),
  },
  'writes: If-Match for a missing object is NoSuchKey': {
    ceph: 'answers 412 PreconditionFailed',
    aws: 'Amazon S3 User Guide, Preventing object overwrites with conditional writes: 404 Not Found',
  },
  'writes: an invalid storage class is refused': {
    ceph: 'answers InvalidArgument',
    aws: errorCodes,
  },
  'writes: DeleteObjects of more than 1000 keys is refused': {
    ceph: 'answers 400 without an error document',
    aws: api('DeleteObjects (up to 1000 keys; MalformedXML)'),
  },
  'writes: DeleteObjects of a key that XML cannot hold is MalformedXML': {
    ceph: 'answers 400 without an error document',
    aws: errorCodes,
  },
  'keys: a key of 1025 bytes is KeyTooLongError': {
    ceph: 'answers InvalidObjectName',
    aws: errorCodes,
  },
  'keys: a key is measured in bytes': {
    ceph: 'answers InvalidObjectName',
    aws: errorCodes,
  },
  'keys: an unescaped plus sign in a path is a space': {
    ceph: 'reads it as a plus sign',
    aws: 'seen on s3.amazonaws.com: yetanothermichael.com/coding/2022/10/11/the-problem-with-plus-signs-and-s3.html',
  },
  'multipart: parts listed out of order are InvalidPartOrder': {
    ceph: 'sorts them',
    aws: api('CompleteMultipartUpload (InvalidPartOrder)'),
  },
  'multipart: an upload can complete only once': {
    ceph: 'answers NoSuchKey where its parts are listed afterwards',
    aws: api('CompleteMultipartUpload (NoSuchUpload)'),
  },
  'multipart: part number 10001 is refused': {
    ceph: 'accepts it',
    aws: api('UploadPart (part numbers 1 to 10,000)'),
  },
  'links: a storage class hoisted into a link is stored': {
    ceph: 'reads it only from a header',
    aws: recorded('hoisted metadata; the same lambda signs a hoisted x-amz-storage-class and AWS takes it'),
  },
  'links: a signed checksum header accepts only those bytes': {
    ceph: 'does not support checksum headers',
    aws: 'Amazon S3 User Guide, Checking object integrity: BadDigest',
  },
  'refused links: the refusal of an expired link states the expiry': {
    ceph: 'sends no message',
    aws: recorded('expired'),
  },
  'refused links: a link that is not valid yet is AccessDenied': {
    ceph: 'accepts it',
    aws: 'minio/minio#2638, dmjio/s3-signer#16: the answer in full, "Request is not yet valid"',
  },
  'refused links: an expiry of more than a week is refused': {
    ceph: 'answers AccessDenied',
    aws: sigV4Query,
  },
  'refused links: an expiry that is not a number is refused': {
    ceph: 'answers AccessDenied',
    aws: sigV4Query,
  },
  'refused links: a link without its date is refused': {
    ceph: 'answers AccessDenied',
    aws: recorded('missing parameter'),
  },
  'refused links: the refusal of a wrong signature shows what the server signed': {
    ceph: 'sends no details',
    aws: recorded('wrong signature'),
  },
  'refused links: a scope of another region is refused': {
    ceph: 'does not check the region',
    aws: "widely reported answer \"the region 'x' is wrong; expecting 'y'\"",
  },
  'refused links: an unsigned x-amz header is refused': {
    ceph: 'accepts it',
    aws: recorded('unsigned metadata header'),
  },
  'refused links: a hoisted value sent again as a header is refused': {
    ceph: 'accepts it',
    aws: recorded('hoisted parameter sent as a header'),
  },
  'refused links: a link with an additional Authorization header is refused': {
    ceph: 'answers AccessDenied',
    aws: 'widely reported answer "Only one auth mechanism allowed"',
  },
  'signed requests: an x-amz header added after signing is refused': {
    ceph: 'accepts it',
    aws: api('Authenticating Requests: Using the Authorization Header (all x-amz-* headers are signed)'),
  },
  'signed requests: a scope of another region is AuthorizationHeaderMalformed': {
    ceph: 'does not check the region',
    aws: 'TTLabs/EvaporateJS#364, jsoma/flatware#10: the answer in full, with its Region element',
  },
  'forms: the refusal of a size states the sizes': {
    ceph: 'sends no details',
    aws: postRecorded('policy_validation_size'),
  },
  'forms: the refusal of an expired form states the reason': {
    ceph: 'says only "Policy expired"',
    aws: postRecorded('expires'),
  },
  'forms: a policy changed after signing does not match': {
    ceph: 'answers AccessDenied',
    aws: postRecorded('malformed_policy'),
  },
  'forms: a wrong secret does not match': {
    ceph: 'answers AccessDenied',
    aws: postRecorded('malformed_policy'),
  },
  'forms: a scope of another region is refused': {
    ceph: 'does not check the region',
    aws: `${api('POST Policy')}: the scope names the region of the bucket`,
  },
  'versions: a delete marker itself cannot be read': {
    ceph: 'answers 404 NoSuchKey',
    aws: 'Amazon S3 User Guide, Working with delete markers: 405 Method Not Allowed',
  },
  'versions: a version that does not exist is refused': {
    ceph: 'answers NoSuchKey',
    aws: errorCodes,
  },
};
