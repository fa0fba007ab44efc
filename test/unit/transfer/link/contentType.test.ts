import assert from 'node:assert/strict';
import { contentTypeOf } from '../../../../src/core/transfer/link/contentType.js';

const rows: readonly (readonly [name: string, type: string])[] = [
  ['a.txt', 'text/plain'],
  ['A.TXT', 'text/plain'],
  ['page.html', 'text/html'],
  ['extension.ts', 'text/plain'],
  ['a.MTS', 'text/plain'],
  ['stream.m2ts', 'video/mp2t'],
  ['data.json', 'application/json'],
  ['photo.jpeg', 'image/jpeg'],
  ['archive.tar.gz', 'application/gzip'],
  ['a folder/picture.png', 'image/png'],
  ['unknown.zzzz', 'application/octet-stream'],
  ['Makefile', 'application/octet-stream'],
  ['', 'application/octet-stream'],
  ['ends.', 'application/octet-stream'],
  ['a.txt/name', 'application/octet-stream'],
];

describe('contentTypeOf', () => {
  for (const [name, type] of rows) {
    it(`maps ${JSON.stringify(name)} to ${type}`, () => {
      assert.equal(contentTypeOf(name), type);
    });
  }
});
