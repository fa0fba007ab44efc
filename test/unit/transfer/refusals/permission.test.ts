import assert from 'node:assert/strict';
import { parseRefusal } from '../../../../src/core/transfer/refusals/parseRefusal.js';
import { writtenV4 } from '../../../support/writtenLinks.js';

const key = '/a/b.txt';
const rows: readonly (readonly [
  method: string,
  path: string,
  query: readonly string[],
  wanted: string | undefined,
])[] = [
  ['GET', key, [], 's3:GetObject'],
  ['HEAD', key, [], 's3:GetObject'],
  ['PUT', key, [], 's3:PutObject'],
  ['DELETE', key, [], 's3:DeleteObject'],
  ['GET', key, ['versionId=1'], 's3:GetObjectVersion'],
  ['DELETE', key, ['versionId=1'], 's3:DeleteObjectVersion'],
  ['GET', key, ['tagging='], 's3:GetObjectTagging'],
  ['GET', key, ['tagging=', 'versionId=1'], 's3:GetObjectVersionTagging'],
  ['PUT', key, ['acl='], 's3:PutObjectAcl'],
  ['PUT', key, ['partNumber=1', 'uploadId=x'], 's3:PutObject'],
  ['PUT', key, ['retention='], 's3:PutObjectRetention'],
  ['GET', key, ['attributes=', 'versionId=1'], 's3:GetObjectVersionAttributes'],
  ['POST', key, ['restore='], 's3:RestoreObject'],
  ['POST', key, ['restore=', 'versionId=1'], 's3:RestoreObject'],
  ['POST', key, ['select=', 'select-type=2'], 's3:GetObject'],
  ['POST', key, ['uploads='], 's3:PutObject'],
  ['POST', key, ['uploadId=x'], 's3:PutObject'],
  ['GET', key, ['uploadId=x'], 's3:ListMultipartUploadParts'],
  ['DELETE', key, ['uploadId=x'], 's3:AbortMultipartUpload'],
  ['GET', '/', ['list-type=2'], 's3:ListBucket'],
  ['GET', '/', [], 's3:ListBucket'],
  ['HEAD', '/', [], 's3:ListBucket'],
  ['GET', '/', ['location='], 's3:GetBucketLocation'],
  ['PUT', '/', ['cors='], 's3:PutBucketCORS'],
  ['DELETE', '/', ['tagging='], 's3:PutBucketTagging'],
  ['DELETE', key, ['annotation='], undefined],
  ['PUT', '/', ['lifecycle='], undefined],
  ['POST', '/', ['delete='], 's3:DeleteObject'],
  ['GET', '/', ['session='], 's3express:CreateSession'],
  ['GET', '/', ['versions='], 's3:ListBucketVersions'],
  ['GET', '/', ['uploads='], 's3:ListBucketMultipartUploads'],
  ['PUT', '/', [], 's3:CreateBucket'],
  ['DELETE', '/', [], 's3:DeleteBucket'],
];

describe('permissionFor', () => {
  for (const [method, path, more, wanted] of rows) {
    it(`${method} ${path}?${more.join('&')}: ${wanted ?? 'unknown'}`, () => {
      const address = `https://docs.s3.eu-west-1.amazonaws.com${path}`;
      const sent = { method, url: writtenV4({ address, more }), headers: {} };
      const { refusal } = parseRefusal(403, '<Code>AccessDenied</Code>', { use: 'test', sent, headers: {} });
      assert.equal(refusal.details.permission, wanted);
    });
  }
});
