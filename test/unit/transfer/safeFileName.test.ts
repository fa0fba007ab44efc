import assert from 'node:assert/strict';
import { isAbsolute, basename, win32 } from 'node:path';
import { safeFileName } from '../../../src/core/transfer/safeFileName.js';
import { generateKeys } from '../support/generatedKeys.js';

const names: Readonly<Record<string, string>> = {
  'a/b/report.csv': 'report.csv',
  '../../x': 'x',
  '..\\..\\x': 'x',
  'C:\\x': 'x',
  'C:x': 'C_x',
  '/etc/passwd': 'passwd',
  '\\\\srv\\share\\file.txt': 'file.txt',
  'folder/': 'folder',
  CON: '_CON',
  'con.txt': '_con.txt',
  'NUL.tar.gz': '_NUL.tar.gz',
  'aux .log': '_aux .log',
  'COM\u00b9.txt': '_COM\u00b9.txt',
  'console.log': 'console.log',
  'x::$DATA': 'x__$DATA',
  'trailing.': 'trailing',
  'trailing. . ': 'trailing',
  ' edge ': 'edge',
  '..': 'download',
  '.': 'download',
  '/': 'download',
  '': 'download',
  '\u202e': 'download',
  'a\u202egpj.exe': 'agpj.exe',
  'a\nb\0c': 'abc',
  'a<b>c"d|e?f*g': 'a_b_c_d_e_f_g',
  '.env': '.env',
  '日本 \u{1f468}\u200d\u{1f469}.txt': '日本 \u{1f468}\u200d\u{1f469}.txt',
  '-rf': '-rf',
};

describe('safeFileName', () => {
  for (const [written, expected] of Object.entries(names)) {
    it(`${JSON.stringify(written)} -> ${expected}`, () => {
      assert.equal(safeFileName(written), expected);
    });
  }

  it('keeps the extension of a name that is too long, and whole characters', () => {
    const name = safeFileName(`${'\u{1f600}'.repeat(300)}.tar.gz`);
    assert.ok(Buffer.byteLength(name) <= 200);
    assert.match(name, /^\u{1f600}+.*\.gz$/u);
    assert.ok(name.isWellFormed());
  });

  it('gives one plain name of whatever it is given, and the same again', () => {
    for (const key of generateKeys(2000, 7)) {
      const name = safeFileName(key);
      assert.ok(name === basename(name) && name === win32.basename(name), JSON.stringify(key));
      assert.ok(!isAbsolute(name) && !win32.isAbsolute(name) && !/^\.{0,2}$/.test(name), JSON.stringify(key));
      assert.equal(safeFileName(name), name);
    }
  });
});
