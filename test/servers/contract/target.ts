import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { CreateBucketCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** A running server as the contract sees it: an address and a key pair. */
export interface Target {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * What one sentence of the contract runs with: an empty bucket, the server, and the AWS SDK's client for it.
 */
export interface Scene {
  readonly target: Target;
  readonly client: S3Client;
  readonly bucket: string;
}

export type Contract = Readonly<Record<string, (scene: Scene) => Promise<void>>>;

/** The SDK, configured to send only required checksums and never to retry. */
export function clientFor(target: Target, config: S3ClientConfig = {}): S3Client {
  const { accessKeyId, secretAccessKey } = target;
  return new S3Client({
    endpoint: target.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: { accessKeyId, secretAccessKey },
    ...config,
  });
}

export async function openScene(target: Target): Promise<Scene> {
  const client = clientFor(target);
  const bucket = `contract-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { target, client, bucket };
}

export async function put({ client, bucket }: Scene, key: string, body = key): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

/** How a server refused: the status and the code, as `403 AccessDenied`. */
export async function refusalOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return `${error.$metadata.httpStatusCode ?? 0} ${error.name}`;
  }
  throw new assert.AssertionError({ message: 'The request was not refused' });
}

/** The same for a plain HTTP answer, or only its status if there is no error document. */
export async function statusOf(response: Response): Promise<string> {
  const code = /<Code>([^<]*)<\/Code>/.exec(await response.text())?.[1];
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}
