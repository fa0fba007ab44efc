import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { queryValue } from '../request.js';
import { Bucket, compareUtf8 } from '../store.js';
import type { Element } from '../xml.js';
import { childText, formatDocument, parseDocument } from '../xml.js';
import { parseCount, readToken, writeToken } from './paging.js';

const owner: Element = [
  'Owner',
  [['ID', '7c1d2ee8f0d8a6bb35b35a51a1e1b0f2c8a0a0cf4f5e6b9d1c2b3a4958677686']],
];

/** AWS names the region of each bucket only if a parameter was given. */
function bucketElement(bucket: Bucket, withRegion: boolean): Element {
  return [
    'Bucket',
    [
      ['Name', bucket.name],
      ['CreationDate', bucket.created.toISOString()],
      withRegion ? ['BucketRegion', bucket.region] : undefined,
    ],
  ];
}

function listBuckets({ request, store }: Call): Answer {
  const prefix = queryValue(request, 'prefix');
  const region = queryValue(request, 'bucket-region');
  const maxBuckets = parseCount(request, 'max-buckets', { least: 1, most: 10_000, usual: 10_000 });
  const after = readToken(request)?.after ?? '';
  const left = [...store.values()]
    // Another operation lists directory buckets.
    .filter(({ isDirectory }) => !isDirectory)
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .filter((bucket) => region === undefined || bucket.region === region)
    .sort((one, other) => compareUtf8(one.name, other.name))
    .filter(({ name }) => after === '' || compareUtf8(name, after) > 0);
  const page = left.slice(0, maxBuckets);
  const last = left.length > page.length ? page.at(-1) : undefined;
  const asked = ['max-buckets', 'prefix', 'continuation-token', 'bucket-region'];
  const withRegion = request.query.some(([name]) => asked.includes(name));
  return xmlAnswer(
    formatDocument([
      'ListAllMyBucketsResult',
      [
        owner,
        ['Buckets', page.map((bucket) => bucketElement(bucket, withRegion))],
        prefix === undefined ? undefined : ['Prefix', prefix],
        last && ['ContinuationToken', writeToken({ after: last.name, isPrefix: false })],
      ],
    ]),
  );
}

/** The naming rules of general purpose buckets. */
function isValidName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+(\.\d+){3}$/.test(name)
  );
}

/** A request to the endpoint of one region can only create a bucket there; us-east-1's accepts any region. */
function chosenRegion({ payload, signer }: Call): string {
  const text = payload.body.toString('utf8');
  const asked =
    text.trim() === ''
      ? undefined
      : childText(parseDocument(text, 'CreateBucketConfiguration'), 'LocationConstraint');
  if (signer.region === 'us-east-1') return asked ?? 'us-east-1';
  if (asked === signer.region) return asked;
  if (asked === undefined) throw new S3Error('IllegalLocationConstraintException');
  throw new S3Error('IllegalLocationConstraintException', {
    message: `The ${asked} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  });
}

function createBucket(call: Call): Answer {
  const name = call.request.bucket ?? '';
  if (!isValidName(name)) throw new S3Error('InvalidBucketName', { details: { BucketName: name } });
  const region = chosenRegion(call);
  const before = call.store.get(name);
  // Only us-east-1 treats creating one's own bucket again as a success.
  if (before !== undefined && (before.region !== 'us-east-1' || region !== 'us-east-1')) {
    throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: name } });
  }
  if (before === undefined) call.store.set(name, new Bucket(name, region, call.now));
  return { status: 200, headers: { location: `/${name}` } };
}

function deleteBucket(call: Call): Answer {
  const bucket = bucketOf(call);
  if (bucket.objects.size > 0) {
    throw new S3Error('BucketNotEmpty', { details: { BucketName: bucket.name } });
  }
  call.store.delete(bucket.name);
  return { status: 204 };
}

function headBucket(call: Call): Answer {
  bucketOf(call);
  return { status: 200, headers: { 'content-type': 'application/xml' } };
}

function getBucketLocation(call: Call): Answer {
  const { region } = bucketOf(call);
  return xmlAnswer(formatDocument(['LocationConstraint', region === 'us-east-1' ? '' : region]));
}

export const bucketOperations = {
  ListBuckets: { takes: 'document', answer: listBuckets },
  CreateBucket: { takes: 'document', answer: createBucket },
  DeleteBucket: { takes: 'document', answer: deleteBucket },
  HeadBucket: { takes: 'document', answer: headBucket },
  GetBucketLocation: { takes: 'document', answer: getBucketLocation },
} as const satisfies Record<string, Operation>;
