import assert from 'node:assert/strict';
import { endpointProblem, prefersPathStyle } from '../../../../src/core/connection/stores/endpoint.js';
import { fillPreset, presets, type PresetId } from '../../../../src/core/connection/stores/presets.js';

const account = '0123456789abcdef0123456789abcdef';
const filled: readonly (readonly [id: PresetId, answer: string, endpoint: string, region: string])[] = [
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

describe('fillPreset', () => {
  for (const [id, answer, endpoint, region] of filled) {
    it(`${presets[id].label}, ${answer}: ${endpoint}, ${region}`, () => {
      assert.deepEqual(fillPreset(presets[id], answer), { endpoint, region });
    });
  }

  it('every preset is in the table above', () => {
    assert.deepEqual([...new Set(filled.map(([id]) => id))], Object.keys(presets));
  });
});

describe('presets', () => {
  for (const [id, preset] of Object.entries(presets)) {
    it(`${id}: its example leads to an endpoint without a mistake`, () => {
      const { endpoint, region } = fillPreset(preset, preset.example);
      assert.equal(endpointProblem(endpoint), undefined);
      assert.match(region, /^[a-z0-9-]+$/);
      assert.match(preset.source, /^https:\/\/|^the store itself$/);
    });
  }

  it('those of private servers take the bucket in the path', () => {
    for (const { endpoint } of [presets.minio, presets.localstack])
      assert.equal(prefersPathStyle(endpoint), true);
  });
});
