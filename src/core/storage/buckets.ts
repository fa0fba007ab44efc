import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { validRegion } from '../connection/bucketRegions.js';
import type { Connection } from '../connection/connection.js';
import { EndpointError } from '../connection/stores/endpoint.js';
import { NotS3Error } from '../failures/notS3.js';
import { EndlessListError, PaginationGuard } from './paginationGuard.js';

export interface Bucket {
  readonly name: string;
  /** Absent if the store reports none. */
  readonly region: string | undefined;
}

/** A list of buckets that never ends, with the buckets listed so far. */
export class EndlessBucketsError extends EndlessListError {
  constructor(readonly buckets: readonly Bucket[]) {
    super();
  }
}

/** Pages have a thousand buckets each; the default limit of an AWS account is 10,000 buckets. */
const limits = { pages: 200, emptyPages: 5 };

/**
 * All buckets of the account, in every region. The connection remembers their regions.
 * @throws NotS3Error; EndpointError if the endpoint is that of a bucket; EndlessBucketsError; what the SDK throws, such
 * as AccessDenied if the account's buckets may not be listed
 */
export async function listBuckets(connection: Connection, signal?: AbortSignal): Promise<readonly Bucket[]> {
  const buckets = new Map<string, Bucket>();
  const trail = new PaginationGuard(limits);
  let token: string | undefined;
  for (;;) {
    const page = await listBucketPage(connection, { token, signal });
    const known = buckets.size;
    for (const bucket of page.buckets) buckets.set(bucket.name, bucket);
    token = page.nextToken;
    if (token === undefined) return [...buckets.values()];
    // A store that ignores the parameter would return the same page forever.
    if (!trail.canContinue(token, buckets.size - known)) throw new EndlessBucketsError([...buckets.values()]);
  }
}

export interface BucketPage {
  readonly buckets: readonly Bucket[];
  /** The token of the next page; absent on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * A page of the buckets. `MaxBuckets` makes S3 return the region of each; stores that do not support it ignore it.
 * Throws like {@link listBuckets}.
 */
export async function listBucketPage(
  connection: Connection,
  { token, signal }: { readonly token?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<BucketPage> {
  const client = connection.client();
  const command = new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken: token });
  const body = keepBody(command, client);
  const page = await client.send(command, { abortSignal: signal });
  if (page.Buckets === undefined) throw withoutBuckets(connection, body());
  const buckets: Bucket[] = [];
  for (const { Name: name, BucketRegion: listedRegion } of page.Buckets) {
    if (name === undefined) continue;
    const region = validRegion(listedRegion);
    if (region !== undefined) connection.rememberRegion(name, region);
    buckets.push({ name, region });
  }
  return { buckets, nextToken: page.ContinuationToken === '' ? undefined : page.ContinuationToken };
}

/** Keeps the body of the response, because the SDK takes any XML for a list. */
function keepBody(command: ListBucketsCommand, client: S3Client): () => string {
  let bytes: Uint8Array = new Uint8Array();
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: unknown };
      if (response.statusCode === 200) {
        bytes = await client.config.streamCollector(response.body);
        response.body = bytes;
      }
      return result;
    },
    // Before the SDK reads it.
    { step: 'deserialize', priority: 'low', name: 'keepBody' },
  );
  return () => Buffer.from(bytes).toString('utf8');
}

/** An endpoint with the bucket in its host or path lists the objects of that bucket, whatever the request was. */
function withoutBuckets({ settings }: Connection, body: string): Error {
  // S3 writes the name first. A search in the whole body would take as long as the store likes.
  const start = body.indexOf('<ListBucketResult');
  const name =
    start < 0 ? undefined : /<Name>([\w.-]{1,255})<\/Name>/.exec(body.slice(start, start + 2000))?.[1];
  if (name === undefined || settings.endpoint === undefined) return new NotS3Error();
  const { host, pathname } = new URL(settings.endpoint);
  return new EndpointError({
    text: 'The endpoint {0} is for the bucket "{1}" only. Remove the bucket from the endpoint.',
    args: [host + pathname.replace(/\/$/, ''), name],
  });
}
