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
import type { Exchange } from './exchange.js';
import type { LinkTarget } from './target.js';

type PresignOptions = Parameters<typeof getSignedUrl>[2];
type Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof getSignedUrl<ServiceInputTypes, Input, Output>
>[1];

/** Returns the URL with which `client` would run one operation. */
type Presign = (client: S3Client, options: PresignOptions) => Promise<string>;

export function presign<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: Command<Input, Output>,
): Presign {
  return (client, options) => getSignedUrl(client, command, options);
}

/** The operations that links can run, by their names in S3's model. */
interface Inputs {
  GetObject: GetObjectCommandInput;
  HeadObject: HeadObjectCommandInput;
  ListObjectsV2: ListObjectsV2CommandInput;
  PutObject: PutObjectCommandInput;
  DeleteObject: DeleteObjectCommandInput;
}

/** Forms are signed as a policy, not as an operation. */
interface OperationExchange extends Exchange {
  readonly sends: Exclude<Exchange['sends'], 'form'>;
}

interface Model<Input> extends OperationExchange {
  readonly presign: (input: Input) => Presign;
}

const models: { readonly [Name in keyof Inputs]: Model<Inputs[Name]> } = {
  GetObject: {
    method: 'GET',
    sends: 'nothing',
    receives: 'file',
    presign: (input) => presign(new GetObjectCommand(input)),
  },
  HeadObject: {
    method: 'HEAD',
    sends: 'nothing',
    receives: 'headers',
    presign: (input) => presign(new HeadObjectCommand(input)),
  },
  ListObjectsV2: {
    method: 'GET',
    sends: 'nothing',
    receives: 'text',
    presign: (input) => presign(new ListObjectsV2Command(input)),
  },
  PutObject: {
    method: 'PUT',
    sends: 'file',
    receives: 'nothing',
    presign: (input) => presign(new PutObjectCommand(input)),
  },
  DeleteObject: {
    method: 'DELETE',
    sends: 'nothing',
    receives: 'nothing',
    presign: (input) => presign(new DeleteObjectCommand(input)),
  },
};

/** An operation, with its parameters for a target by their names in S3's model. */
export interface Operation extends OperationExchange {
  readonly name: keyof Inputs;
  readonly input: (target: LinkTarget) => object;
  readonly presign: (target: LinkTarget) => Presign;
}

export function operation<Name extends keyof Inputs>(
  name: Name,
  input: (target: LinkTarget) => Inputs[Name],
): Operation {
  const { method, sends, receives } = models[name];
  return { method, sends, receives, name, input, presign: (target) => models[name].presign(input(target)) };
}
