import assert from 'node:assert/strict';
import { parsePresets, presetOptions, type Preset } from '../../../src/core/links/preset.js';

const whole: Preset = {
  name: 'Avatar',
  kind: 'post',
  expiry: '1h',
  contentType: 'image/',
  fileName: 'a.png',
  inline: true,
  cacheControl: 'no-store',
  metadata: { author: 'me' },
  storageClass: 'STANDARD_IA',
  encryption: { kind: 'kms', keyId: 'alias/a' },
  form: {
    keyIsPrefix: true,
    minBytes: 1,
    maxBytes: 2,
    typeIsPrefix: true,
    successStatus: 201,
    successRedirect: 'https://a',
  },
};

const unusable: readonly (readonly [what: string, written: unknown])[] = [
  ['a string', 'Avatar'],
  ['null', null],
  ['a list', []],
  ['no name', { kind: 'get' }],
  ['an empty name', { name: '', kind: 'get' }],
  ['no kind', { name: 'a' }],
  ['an unknown kind', { name: 'a', kind: 'fetch' }],
  ['a kind with the name of an inherited property', { name: 'a', kind: 'toString' }],
  ['an invalid expiry', { name: 'a', kind: 'get', expiry: '8d' }],
  ['an unknown field', { name: 'a', kind: 'get', versionId: 'x' }],
  ['an endpoint', { name: 'a', kind: 'get', endpoint: 'https://evil.example.com' }],
  ['metadata with a number', { name: 'a', kind: 'put', metadata: { a: 1 } }],
  ['an unknown encryption', { name: 'a', kind: 'put', encryption: { kind: 'rot13' } }],
  ['an encryption without a kind', { name: 'a', kind: 'put', encryption: {} }],
  ['an invalid status', { name: 'a', kind: 'post', form: { successStatus: 302 } }],
  ['a negative size', { name: 'a', kind: 'post', form: { minBytes: -1 } }],
  ['an unknown limit', { name: 'a', kind: 'post', form: { maxFiles: 1 } }],
];

describe('presets from the settings', () => {
  it('are read as written', () => {
    assert.deepEqual(parsePresets([whole, { name: 'b', kind: 'get' }]), [whole, { name: 'b', kind: 'get' }]);
  });

  it('keep everything except what concerns a single object or file', () => {
    const { name, kind, expiry, ...options } = whole;
    assert.deepEqual([name, kind, expiry], ['Avatar', 'post', '1h']);
    assert.deepEqual(presetOptions({ ...whole, versionId: 'v' }), options);
  });

  for (const [what, written] of unusable) {
    it(`that are invalid are reported with the reason: ${what}`, () => {
      const [preset] = parsePresets([written]);
      assert.ok(preset !== undefined && 'problem' in preset);
      assert.match(preset.problem.text, /\.$/);
    });
  }

  for (const written of [undefined, 'presets', {}, null]) {
    it(`are empty if the setting is ${typeof written}`, () => {
      assert.deepEqual(parsePresets(written), []);
    });
  }
});
