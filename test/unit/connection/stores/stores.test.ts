import assert from 'node:assert/strict';
import { endpointProblem, prefersPathStyle } from '../../../../src/core/connection/stores/endpoint.js';
import {
  isVirtualOnly,
  storeOf,
  stores,
  storeWithout,
  type Store,
  type StoreId,
} from '../../../../src/core/connection/stores/stores.js';
import { fillTemplate, offeredStores, templateOf } from '../../../../src/core/connection/stores/templates.js';

const account = '0123456789abcdef0123456789abcdef';
const filled: readonly (readonly [id: StoreId, answer: string, endpoint: string, region: string])[] = [
  ['minio', 'http://localhost:9000/', 'http://localhost:9000', 'us-east-1'],
  ['r2', account, `https://${account}.r2.cloudflarestorage.com`, 'auto'],
  ['r2', ` ${account} `, `https://${account}.r2.cloudflarestorage.com`, 'auto'],
  [
    'r2',
    `https://${account}.eu.r2.cloudflarestorage.com`,
    `https://${account}.eu.r2.cloudflarestorage.com`,
    'auto',
  ],
  ['b2', 'us-west-004', 'https://s3.us-west-004.backblazeb2.com', 'us-west-004'],
  [
    'b2',
    'https://s3.eu-central-003.backblazeb2.com',
    'https://s3.eu-central-003.backblazeb2.com',
    'eu-central-003',
  ],
  ['wasabi', 'eu-central-1', 'https://s3.eu-central-1.wasabisys.com', 'eu-central-1'],
  ['wasabi', 'https://s3.wasabisys.com', 'https://s3.wasabisys.com', 'us-east-1'],
  ['spaces', 'nyc3', 'https://nyc3.digitaloceanspaces.com', 'us-east-1'],
  ['gcs', 'https://storage.googleapis.com', 'https://storage.googleapis.com', 'auto'],
  ['localstack', 'http://localhost:4566', 'http://localhost:4566', 'us-east-1'],
  ['other', 'https://s3.example.com', 'https://s3.example.com', 'us-east-1'],
  ['other', 'nonsense', 'nonsense', 'us-east-1'],
];

describe('fillTemplate', () => {
  for (const [id, answer, endpoint, region] of filled) {
    it(`${stores[id].label}, ${answer}: ${endpoint}, ${region}`, () => {
      assert.deepEqual(fillTemplate(templateOf(id), answer), { endpoint, region });
    });
  }

  it('every offered store is in the table above', () => {
    assert.deepEqual(
      [...new Set(filled.map(([id]) => id))],
      offeredStores.map(({ id }) => id),
    );
  });
});

describe('stores', () => {
  for (const { id, template } of offeredStores) {
    it(`${id}: its example is a valid endpoint`, () => {
      const { endpoint, region } = fillTemplate(template, template.example);
      assert.equal(endpointProblem(endpoint), undefined);
      assert.match(region, /^[a-z0-9-]+$/);
      assert.match(template.source, /^https:\/\/|^the store itself$/);
    });
  }

  it('of private servers use the bucket in the path', () => {
    for (const { endpoint } of [templateOf('minio'), templateOf('localstack')])
      assert.equal(prefersPathStyle(endpoint), true);
  });

  it('are recognized by the domain of an endpoint, in any case and with any subdomain', () => {
    assert.equal(storeOf(`https://${account}.R2.cloudflarestorage.com`), 'r2');
    assert.equal(storeOf('https://custom.r2.cloudflarestorage.com'), 'r2');
    assert.equal(storeOf('https://s3.us-west-004.backblazeb2.com'), 'b2');
    assert.equal(storeOf('https://notbackblazeb2.com'), undefined);
    assert.equal(storeOf('https://s3.eu-central-1.amazonaws.com'), undefined);
    assert.equal(storeOf(undefined), undefined);
  });

  it('that refuse a bucket in the path are recognized by their domain', () => {
    for (const host of [
      'oss-cn-hangzhou.aliyuncs.com',
      'cos.ap-guangzhou.myqcloud.com',
      'tos-s3-cn-beijing.ivolces.com',
    ])
      assert.equal(isVirtualOnly(`https://${host}`), true, host);
    assert.equal(isVirtualOnly('https://s3.example.com'), false);
  });

  it('that do not support form uploads are named', () => {
    const unsupporting = Object.entries<Store>(stores).filter(([, store]) => store.unsupported !== undefined);
    assert.deepEqual(
      unsupporting.map(([id]) => id),
      ['r2', 'b2'],
    );
    assert.equal(storeWithout('form', `https://${account}.r2.cloudflarestorage.com`), 'Cloudflare R2');
    assert.equal(storeWithout('form', 'https://s3.us-west-004.backblazeb2.com'), 'Backblaze B2');
    for (const endpoint of ['https://s3.eu-central-1.wasabisys.com', 'https://s3.example.com', undefined])
      assert.equal(storeWithout('form', endpoint), undefined);
  });
});
