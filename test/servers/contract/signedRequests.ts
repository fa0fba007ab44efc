import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { Contract, Scene } from './target.js';
import { clientFor, put, refusalOf, statusOf } from './target.js';

interface Sent {
  headers: Record<string, string>;
  body?: unknown;
}

function isSent(request: unknown): request is Sent {
  return typeof request === 'object' && request !== null && 'headers' in request;
}

/** A client whose requests change after signing. */
function tampering(scene: Scene, change: (request: Sent) => void): S3Client {
  const client = clientFor(scene.target);
  client.middlewareStack.add(
    (next) => (args) => {
      if (isSent(args.request)) change(args.request);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return client;
}

function putWith(client: S3Client, { bucket }: Scene): Promise<unknown> {
  return client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'text' }));
}

const minuteMs = 60_000;

/** Requests signed by their Authorization header. */
export const signedRequests: Contract = {
  'an unsigned request is AccessDenied': async ({ target, bucket }) => {
    assert.equal(await statusOf(await fetch(`${target.endpoint}/${bucket}/a`)), '403 AccessDenied');
  },
  'a clock 20 minutes behind is RequestTimeTooSkewed': async (scene) => {
    const client = clientFor(scene.target, { systemClockOffset: -20 * minuteMs });
    assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 RequestTimeTooSkewed');
  },
  'a clock 20 minutes ahead is RequestTimeTooSkewed': async (scene) => {
    const client = clientFor(scene.target, { systemClockOffset: 20 * minuteMs });
    assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 RequestTimeTooSkewed');
  },
  'a clock 10 minutes off is accepted': async (scene) => {
    const client = clientFor(scene.target, { systemClockOffset: 10 * minuteMs });
    await client.send(new ListBucketsCommand({}));
  },
  'a body other than the signed one is refused': async (scene) => {
    const client = tampering(scene, (request) => {
      request.body = 'evil';
    });
    assert.equal(await refusalOf(putWith(client, scene)), '400 XAmzContentSHA256Mismatch');
  },
  'a changed signed header is SignatureDoesNotMatch': async (scene) => {
    const client = tampering(scene, (request) => {
      request.headers['x-amz-user-agent'] = 'changed';
    });
    assert.equal(await refusalOf(putWith(client, scene)), '403 SignatureDoesNotMatch');
  },
  'an x-amz header added after signing is refused': async (scene) => {
    const client = tampering(scene, (request) => {
      request.headers['x-amz-meta-colour'] = 'blue';
    });
    assert.equal(await refusalOf(putWith(client, scene)), '403 AccessDenied');
  },
  'an unknown key is InvalidAccessKeyId': async (scene) => {
    const credentials = { accessKeyId: 'UNKNOWNACCESSKEY0001', secretAccessKey: 'any' };
    const client = clientFor(scene.target, { credentials });
    assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 InvalidAccessKeyId');
  },
  'a wrong secret is SignatureDoesNotMatch': async (scene) => {
    const credentials = { accessKeyId: scene.target.accessKeyId, secretAccessKey: 'wrong' };
    const client = clientFor(scene.target, { credentials });
    assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 SignatureDoesNotMatch');
  },
  'a scope of another region is AuthorizationHeaderMalformed': async (scene) => {
    await put(scene, 'a');
    const client = clientFor(scene.target, { region: 'eu-west-3' });
    const command = new GetObjectCommand({ Bucket: scene.bucket, Key: 'a' });
    assert.equal(await refusalOf(client.send(command)), '400 AuthorizationHeaderMalformed');
  },
  'a streaming body with a trailing checksum is MissingContentLength': async (scene) => {
    const client = clientFor(scene.target, { requestChecksumCalculation: 'WHEN_SUPPORTED' });
    const Body = Readable.from([Buffer.from('text')]);
    const command = new PutObjectCommand({ Bucket: scene.bucket, Key: 'a', Body, ContentLength: 4 });
    assert.equal(await refusalOf(client.send(command)), '411 MissingContentLength');
  },
};
