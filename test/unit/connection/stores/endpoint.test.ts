import assert from 'node:assert/strict';
import {
  checkEndpoint,
  EndpointError,
  endpointProblem,
  prefersPathStyle,
  isUnencrypted,
} from '../../../../src/core/connection/stores/endpoint.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { must } from '../../../support/values.js';

const r2 = '0123456789abcdef0123456789abcdef';

/** A mistake, and what its message has to contain, including how to fix it. */
const mistakes: readonly (readonly [endpoint: string, said: RegExp])[] = [
  ['', /not a URL/],
  ['store.example.com', /"store\.example\.com" is not a URL: it must begin with https:\/\//],
  ['localhost:9000', /"localhost:9000" is not a URL/],
  ['s3://bucket/key', /not a URL/],
  ['https://me@store.example.com', /store\.example\.com contains a user name/],
  ['https://me:hunter2@store.example.com', /contains a user name/],
  ['https://store.example.com/?x=hunter2', /store\.example\.com contains a query/],
  ['https://store.example.com/#hunter2', /contains a query/],
  ['https://@store.example.com', /contains a user name/],
  ['https:me:hunter2@store.example.com', /contains a user name/],
  ['https:/me:hunter2@store.example.com', /contains a user name/],
  ['https:\\\\me:hunter2@store.example.com', /contains a user name/],
  ['https://store.example.com?', /contains a query/],
  ['https://store.example.com/#', /contains a query/],
  [
    'https://docs.s3.eu-west-1.amazonaws.com',
    /bucket "docs" in its host.*https:\/\/s3\.eu-west-1\.amazonaws\.com/,
  ],
  ['https://my.docs.s3.amazonaws.com', /bucket "my\.docs"/],
  ['https://docs.s3-eu-west-1.amazonaws.com', /bucket "docs"/],
  ['https://docs.s3.dualstack.eu-west-1.amazonaws.com', /bucket "docs"/],
  ['https://docs.s3.cn-north-1.amazonaws.com.cn', /bucket "docs"/],
  ['https://docs.s3-accelerate.amazonaws.com', /bucket "docs"/],
  [`https://docs.${r2}.r2.cloudflarestorage.com`, /bucket "docs"/],
  [`https://docs.${r2}.eu.r2.cloudflarestorage.com`, /bucket "docs"/],
  ['https://docs.s3.us-west-004.backblazeb2.com', /bucket "docs"/],
  ['https://docs.s3.wasabisys.com', /bucket "docs"/],
  ['https://docs.s3.eu-central-1.wasabisys.com', /bucket "docs"/],
  ['https://docs.nyc3.digitaloceanspaces.com', /bucket "docs"/],
  ['https://docs.storage.googleapis.com', /bucket "docs"/],
  ['http://docs.s3.localhost.localstack.cloud:4566', /bucket "docs"/],
  ['https://docs.s3.eu-isoe-west-1.amazonaws.eu', /bucket "docs"/],
  ['https://docs.oss-cn-hangzhou.aliyuncs.com', /bucket "docs".*https:\/\/oss-cn-hangzhou\.aliyuncs\.com/],
  ['https://docs.cos.ap-beijing.myqcloud.com', /bucket "docs"/],
  ['https://docs.s3.fr-par.scw.cloud', /bucket "docs".*https:\/\/s3\.fr-par\.scw\.cloud/],
  ['https://docs.eu-central-1.linodeobjects.com', /bucket "docs"/],
  ['https://docs.fsn1.your-objectstorage.com', /bucket "docs"/],
  ['https://docs.s3.gra.io.cloud.ovh.net', /bucket "docs"/],
  ['https://s3.eu-west-1.amazonaws.com/docs', /cannot have a path\. Remove "\/docs"/],
  [`https://${r2}.r2.cloudflarestorage.com/docs/`, /cannot have a path\. Remove "\/docs\/"/],
  ['https://storage.googleapis.com/docs', /cannot have a path/],
];

describe('endpointProblem names a mistake', () => {
  for (const [endpoint, said] of mistakes) {
    it(endpoint === '' ? 'nothing at all' : endpoint, () => {
      const sentence = formatMessage(must(endpointProblem(endpoint)));
      assert.match(sentence, said);
      assert.match(sentence, /\.$/);
      assert.doesNotMatch(sentence, /hunter2|\{\d\}|undefined/);
      assert.throws(() => checkEndpoint(endpoint), EndpointError);
    });
  }
});

const good = [
  'http://127.0.0.1:9000',
  'http://localhost:9000',
  'http://minio:9000',
  'https://store.example.com',
  // It cannot be known whether that is a bucket.
  'https://docs.minio.example.com',
  'https://store.example.com/storage/v1/s3',
  'https://s3.amazonaws.com',
  'https://s3.eu-west-1.amazonaws.com',
  'https://s3-fips.us-east-1.amazonaws.com',
  'https://s3.dualstack.eu-west-1.amazonaws.com/',
  'https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
  `https://${r2}.r2.cloudflarestorage.com`,
  `https://${r2}.eu.r2.cloudflarestorage.com`,
  'https://s3.us-west-004.backblazeb2.com',
  'https://s3.wasabisys.com',
  'https://s3.eu-central-1.wasabisys.com',
  'https://nyc3.digitaloceanspaces.com',
  'https://storage.googleapis.com',
  'https://oss-cn-hangzhou.aliyuncs.com',
  'https://s3.oss-cn-hangzhou.aliyuncs.com',
  'https://s3.fr-par.scw.cloud',
  'https://fsn1.your-objectstorage.com',
  'https://minio.s3.example.com',
  'http://s3.localhost.localstack.cloud:4566',
  'http://localhost.localstack.cloud:4566',
];

describe('endpointProblem accepts', () => {
  for (const endpoint of good) {
    it(endpoint, () => {
      assert.equal(endpointProblem(endpoint), undefined);
      assert.equal(checkEndpoint(endpoint), endpoint.replace(/\/$/, ''));
    });
  }
});

const clear: readonly (readonly [endpoint: string | undefined, inClear: boolean])[] = [
  [undefined, false],
  ['https://store.example.com', false],
  ['http://store.example.com', true],
  ['HTTP://store.example.com', true],
  ['http://10.0.0.7:9000', true],
  ['http://minio:9000', true],
  ['http://notlocalhost', true],
  ['http://127.evil.example.com', true],
  ['http://localhost.example.com', true],
  ['http://[2001:db8::1]:9000', true],
  ['http://localhost:9000', false],
  // The DNS server decides where these are.
  ['http://s3.localhost:4566', true],
  ['http://s3.localhost.localstack.cloud:4566', true],
  ['http://127.0.0.1:9000', false],
  ['http://127.1.2.3:9000', false],
  ['http://[::1]:9000', false],
];

describe('isUnencrypted', () => {
  for (const [endpoint, inClear] of clear) {
    it(`${String(endpoint)}: ${inClear ? 'warn' : 'fine'}`, () => {
      assert.equal(isUnencrypted(endpoint), inClear);
    });
  }
});

const styles: readonly (readonly [endpoint: string | undefined, path: boolean])[] = [
  [undefined, false],
  ['https://s3.eu-west-1.amazonaws.com', false],
  ['https://s3.cn-north-1.amazonaws.com.cn', false],
  ['https://oss-cn-hangzhou.aliyuncs.com', false],
  ['https://cos.ap-beijing.myqcloud.com', false],
  ['https://bucket.vpce-1a2b3c4d.s3.us-east-1.vpce.amazonaws.com', true],
  ['https://accesspoint.vpce-1a2b3c4d.s3.us-east-1.vpce.amazonaws.com', false],
  ['https://s3.eu-isoe-west-1.amazonaws.eu', false],
  ['http://127.0.0.1:9000', true],
  ['http://[::1]:9000', true],
  ['http://localhost:9000', true],
  ['http://s3.localhost:4566', true],
  ['http://minio:9000', true],
  ['https://store.example.com', true],
  ['https://amazonaws.com.example.com', true],
];

describe('prefersPathStyle', () => {
  for (const [endpoint, path] of styles) {
    it(`${String(endpoint)}: ${path ? 'path' : 'host'}`, () => {
      assert.equal(prefersPathStyle(endpoint), path);
    });
  }
});
