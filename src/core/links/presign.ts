import type { S3Client, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

type PresignOptions = Parameters<typeof getSignedUrl>[2];
type Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof getSignedUrl<ServiceInputTypes, Input, Output>
>[1];

/** Gives the URL by which `client` would run one operation. */
export type Presign = (client: S3Client, options: PresignOptions) => Promise<string>;

export function presign<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: Command<Input, Output>,
): Presign {
  return (client, options) => getSignedUrl(client, command, options);
}
