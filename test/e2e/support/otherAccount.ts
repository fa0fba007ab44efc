import { GetObjectCommand, PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { signForm } from '../../../src/core/links/postPolicy.js';
import type { LinkOptions } from '../../../src/core/links/target.js';
import { alice } from '../../support/identities.js';
import { bucket } from './uploads.js';
import type { World } from './world.js';

const region = 'eu-central-1';

/** Makes links as another person with an account would. */
export class OtherAccount {
  constructor(private readonly world: World) {}

  private get client(): S3Client {
    return new S3Client({
      endpoint: this.world.server.endpoint,
      region,
      forcePathStyle: true,
      credentials: alice,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  }

  get(key: string, fileName?: string): Promise<string> {
    const ResponseContentDisposition = fileName && `attachment; filename="${fileName}"`;
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition });
    return getSignedUrl(this.client, command, { expiresIn: 600 });
  }

  /** `agoSeconds` backdates the signature. */
  put(key: string, input: Partial<PutObjectCommandInput> = {}, agoSeconds = 0): Promise<string> {
    return getSignedUrl(this.client, new PutObjectCommand({ Bucket: bucket, Key: key, ...input }), {
      expiresIn: 600,
      signingDate: new Date(Date.now() - agoSeconds * 1000),
      signableHeaders: new Set(input.ContentType === undefined ? [] : ['content-type']),
    });
  }

  /** In the format that boto3 returns. */
  form(key: string, options: LinkOptions = {}): string {
    const signedAt = new Date();
    const expiresAt = new Date(signedAt.getTime() + 600_000);
    const { accessKeyId, secretAccessKey } = alice;
    const keys = { accessKeyId, secretAccessKey };
    const fields = signForm({ bucket, key, ...options }, { keys, region, signedAt, expiresAt });
    return JSON.stringify({ url: `${this.world.server.endpoint}/${bucket}`, fields });
  }
}
