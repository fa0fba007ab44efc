import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Contract, Scene } from './target.js';
import { refusalOf } from './target.js';

interface Part {
  readonly PartNumber: number;
  readonly ETag: string;
}

class Upload {
  private constructor(
    private readonly scene: Scene,
    readonly place: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  ) {}

  static async start(scene: Scene): Promise<Upload> {
    const place = { Bucket: scene.bucket, Key: 'big/ä.bin' };
    const { UploadId = '' } = await scene.client.send(
      new CreateMultipartUploadCommand({ ...place, ContentType: 'text/x-big', Metadata: { a: '1' } }),
    );
    return new Upload(scene, { ...place, UploadId });
  }

  async send(PartNumber: number, Body: Buffer): Promise<Part> {
    const command = new UploadPartCommand({ ...this.place, PartNumber, Body });
    const { ETag = '' } = await this.scene.client.send(command);
    return { PartNumber, ETag };
  }

  async complete(Parts: readonly Part[]): Promise<void> {
    const command = new CompleteMultipartUploadCommand({
      ...this.place,
      MultipartUpload: { Parts: [...Parts] },
    });
    await this.scene.client.send(command);
  }
}

const first = Buffer.alloc(5 * 1024 ** 2, 'a');
const last = Buffer.from('the end');

function joinedEtag(parts: readonly Buffer[]): string {
  const sums = parts.map((part) => createHash('md5').update(part).digest());
  return `"${createHash('md5').update(Buffer.concat(sums)).digest('hex')}-${parts.length}"`;
}

export const multipart: Contract = {
  'parts sent out of order form one object': async (scene) => {
    const upload = await Upload.start(scene);
    const two = await upload.send(2, last);
    const one = await upload.send(1, first);
    const { Parts = [] } = await scene.client.send(new ListPartsCommand(upload.place));
    assert.deepEqual(
      Parts.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [
        [1, first.length],
        [2, last.length],
      ],
    );
    await upload.complete([one, two]);
    const { Bucket, Key } = upload.place;
    const found = await scene.client.send(new GetObjectCommand({ Bucket, Key }));
    assert.deepEqual(
      Buffer.from((await found.Body?.transformToByteArray()) ?? []),
      Buffer.concat([first, last]),
    );
    assert.equal(found.ETag, joinedEtag([first, last]));
    assert.equal(found.ContentType, 'text/x-big');
    assert.deepEqual(found.Metadata, { a: '1' });
  },
  'parts sent through links form one object': async (scene) => {
    const upload = await Upload.start(scene);
    const command = new UploadPartCommand({ ...upload.place, PartNumber: 1 });
    const url = await getSignedUrl(scene.client, command);
    const ETag = (await fetch(url, { method: 'PUT', body: last })).headers.get('etag') ?? '';
    await upload.complete([{ PartNumber: 1, ETag }]);
    const { Bucket, Key } = upload.place;
    const found = await scene.client.send(new HeadObjectCommand({ Bucket, Key }));
    assert.equal(found.ContentLength, last.length);
  },
  'parts listed out of order are InvalidPartOrder': async (scene) => {
    const upload = await Upload.start(scene);
    const parts = [await upload.send(2, first), await upload.send(1, first)];
    assert.equal(await refusalOf(upload.complete(parts)), '400 InvalidPartOrder');
  },
  'a part with another ETag is InvalidPart': async (scene) => {
    const upload = await Upload.start(scene);
    const part = await upload.send(1, last);
    const wrong = { ...part, ETag: '"00000000000000000000000000000000"' };
    assert.equal(await refusalOf(upload.complete([wrong])), '400 InvalidPart');
  },
  'a small part before the last is EntityTooSmall': async (scene) => {
    const upload = await Upload.start(scene);
    const parts = [await upload.send(1, last), await upload.send(2, last)];
    assert.equal(await refusalOf(upload.complete(parts)), '400 EntityTooSmall');
  },
  'an upload can complete only once': async (scene) => {
    const upload = await Upload.start(scene);
    await upload.complete([await upload.send(1, last)]);
    assert.equal(await refusalOf(scene.client.send(new ListPartsCommand(upload.place))), '404 NoSuchUpload');
  },
  'an aborted upload no longer exists': async (scene) => {
    const upload = await Upload.start(scene);
    await upload.send(1, last);
    const started = await scene.client.send(new ListMultipartUploadsCommand({ Bucket: scene.bucket }));
    assert.deepEqual(
      started.Uploads?.map(({ UploadId }) => UploadId),
      [upload.place.UploadId],
    );
    await scene.client.send(new AbortMultipartUploadCommand(upload.place));
    assert.equal(await refusalOf(upload.send(2, last)), '404 NoSuchUpload');
    const left = await scene.client.send(new ListMultipartUploadsCommand({ Bucket: scene.bucket }));
    assert.equal(left.Uploads, undefined);
  },
  'part number 10001 is refused': async (scene) => {
    const upload = await Upload.start(scene);
    assert.equal(await refusalOf(upload.send(10_001, last)), '400 InvalidArgument');
  },
};
