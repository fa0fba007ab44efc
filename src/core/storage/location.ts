import { bucketKind } from '../connection/bucketKind.js';
import { MessageError, type Message } from '../failures/message.js';

/** A bucket, or a key or prefix in it; an empty key is the bucket itself. `bucket` may be an access point's ARN. */
export interface Location {
  readonly bucket: string;
  readonly key: string;
}

/** Buckets created before 2018 may have capitals, underscores and up to 255 characters. */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

export function isBucketName(text: string): boolean {
  return bucketName.test(text);
}

/** `s3://bucket/key`, the format of the AWS CLI: the key is written as it is, without percent-encoding. */
export function formatS3Uri({ bucket, key }: Location): string {
  return key === '' ? `s3://${bucket}` : `s3://${bucket}/${key}`;
}

/** The slash in an access point's ARN belongs to its name, as in the AWS CLI. */
const accessPointUri = /^s3:\/\/(arn:(?:[^:/]*:){4}[^:/]+[:/][^:/]+)(?:\/(.*))?$/is;

/** Parses what {@link formatS3Uri} writes; returns the reason if the text is something else. */
export function parseS3Uri(text: string): Location | Message {
  const match = accessPointUri.exec(text) ?? /^s3:\/\/([^/]*)(?:\/(.*))?$/is.exec(text);
  if (match === null) return { text: 'Enter a destination such as s3://bucket/folder/name.' };
  const bucket = match[1] ?? '';
  if (!isBucketName(bucket) && !bucket.startsWith('arn:'))
    return { text: '"{0}" is not a valid bucket name.', args: [bucket] };
  return { bucket, key: match[2] ?? '' };
}

class UnknownArnError extends MessageError {
  override readonly name = 'UnknownArnError';
}

/**
 * The Amazon Resource Name. The partition depends on the region (China and GovCloud have their own). Objects behind an
 * access point are named after its ARN.
 * @throws UnknownArnError for a directory bucket
 */
export function formatArn({ bucket, key }: Location, region: string): string {
  if (bucket.startsWith('arn:')) return key === '' ? bucket : `${bucket}/object/${key}`;
  if (bucketKind(bucket).kind === 'directory') {
    throw new UnknownArnError({
      text: 'The ARN of a directory bucket includes its account ID, which Signpost does not know.',
    });
  }
  const resource = key === '' ? bucket : `${bucket}/${key}`;
  return `arn:${partitionOf(region)}:s3:::${resource}`;
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
