import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type DeleteObjectCommandInput,
  type GetObjectCommandInput,
  type HeadObjectCommandInput,
  type ListObjectsV2CommandInput,
  type PutObjectCommandInput,
  type S3Client,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LinkTarget } from './target.js';

type PresignOptions = Parameters<typeof getSignedUrl>[2];
type Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof getSignedUrl<ServiceInputTypes, Input, Output>
>[1];

/** Gives the URL by which `client` would run one operation. */
type Presign = (client: S3Client, options: PresignOptions) => Promise<string>;

export function presign<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: Command<Input, Output>,
): Presign {
  return (client, options) => getSignedUrl(client, command, options);
}

/** The operations that links let their holders run, by their names in S3's model. */
interface Inputs {
  GetObject: GetObjectCommandInput;
  HeadObject: HeadObjectCommandInput;
  ListObjectsV2: ListObjectsV2CommandInput;
  PutObject: PutObjectCommandInput;
  DeleteObject: DeleteObjectCommandInput;
}

const presigners: { readonly [Name in keyof Inputs]: (input: Inputs[Name]) => Presign } = {
  GetObject: (input) => presign(new GetObjectCommand(input)),
  HeadObject: (input) => presign(new HeadObjectCommand(input)),
  ListObjectsV2: (input) => presign(new ListObjectsV2Command(input)),
  PutObject: (input) => presign(new PutObjectCommand(input)),
  DeleteObject: (input) => presign(new DeleteObjectCommand(input)),
};

/** An operation with the parameters that a target gives it, by their names in S3's model. */
export interface Operation {
  readonly name: keyof Inputs;
  readonly input: (target: LinkTarget) => object;
  readonly presign: (target: LinkTarget) => Presign;
}

export function operation<Name extends keyof Inputs>(
  name: Name,
  input: (target: LinkTarget) => Inputs[Name],
): Operation {
  return { name, input, presign: (target) => presigners[name](input(target)) };
}
