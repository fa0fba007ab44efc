import assert from 'node:assert/strict';
import { isAbsolute, basename, win32 } from 'node:path';
import { safeFileName } from '../../../src/core/text/safeFileName.js';
import { generateKeys } from '../../support/generatedKeys.js';
import { processorMs } from '../support/processorTime.js';

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
  '..': 'object',
  '.': 'object',
  '/': 'object',
  '': 'object',
  '\u202e': 'object',
  'a\u202egpj.exe': 'agpj.exe',
  'a\nb\0c': 'abc',
  'a<b>c"d|e?f*g': 'a_b_c_d_e_f_g',
  '.env': '_env',
  '.bash_login': '_bash_login',
  'home/.npmrc': '_npmrc',
  '..envrc': '_envrc',
  ' . .envrc': '_envrc',
  '\u200c.bash_login': '_bash_login',
  '.\u200c': '_',
  '\u200c': 'object',
  '.con': '_con',
  'desktop.ini': '_desktop.ini',
  'Desktop.INI ': '_Desktop.INI',
  'AUTORUN.inf': '_AUTORUN.inf',
  'Thumbs.db': '_Thumbs.db',
  'my desktop.ini': 'my desktop.ini',
  'report.pdf.lnk': 'report.pdf.lnk.download',
  'App.Desktop': 'App.Desktop.download',
  'site.URL.': 'site.URL.download',
  'x.scf': 'x.scf.download',
  'con.lnk': '_con.lnk.download',
  '.lnk': '_lnk',
  'x.{20d04fe0-3aea-1069-a2d8-08002b30309d}': 'x.{20d04fe0-3aea-1069-a2d8-08002b30309d}.download',
  'x.url.txt': 'x.url.txt',
  'a\u3000.': 'a',
  '日本 \u{1f468}\u200d\u{1f469}.txt': '日本 \u{1f468}\u200d\u{1f469}.txt',
  '-rf': '-rf',
};

const pumps: Readonly<Record<string, (length: number) => string>> = {
  letters: (length) => 'x'.repeat(length),
  emoji: (length) => '\u{1f600}'.repeat(length / 2),
  'spaces in the middle': (length) => `x${' '.repeat(length)}x`,
  'dots in the middle': (length) => `x${'.'.repeat(length)}x`,
  'trailing dots and spaces': (length) => `x${'. '.repeat(length / 2)}`,
  'leading spaces': (length) => `${' '.repeat(length)}x`,
  'slashes and spaces': (length) => '/ '.repeat(length / 2),
  'spaces after a device name': (length) => `con${' '.repeat(length)}x`,
};

/** Names that change their meaning when they are cut, or that are too long once something is added. */
function longNames(): readonly string[] {
  const middles = ['con', 'desktop', 'x', '.x'].flatMap((begin) =>
    [180, 190, 195, 196, 197, 199, 200, 201, 300].flatMap((count) => [
      begin + 'y'.repeat(count),
      begin + ' '.repeat(count) + 'y',
      `${begin}.lnk${' '.repeat(count)}${'y'.repeat(30)}`,
      `${begin}.lnk${'.'.repeat(count)}y`,
    ]),
  );
  return middles.flatMap((middle) => [middle, `${middle}.lnk`, `${middle}.ini`, `con.${middle}`]);
}

describe('safeFileName', () => {
  for (const [written, expected] of Object.entries(names)) {
    it(`${JSON.stringify(written)} -> ${expected}`, () => {
      assert.equal(safeFileName(written), expected);
    });
  }

  it('keeps the extension of a name that is too long, and whole characters', () => {
    const name = safeFileName(`${'\u{1f600}'.repeat(300)}.tar.gz`);
    assert.ok(Buffer.byteLength(name) <= 200);
    assert.match(name, /^\u{1f600}+_\.gz$/u);
    assert.ok(name.isWellFormed());
  });

  it('gives one plain name for any input, and keeps a safe name', () => {
    for (const key of [...generateKeys(2000, 7), ...longNames()]) {
      const name = safeFileName(key);
      assert.ok(name === basename(name) && name === win32.basename(name), JSON.stringify(key));
      assert.ok(!isAbsolute(name) && !win32.isAbsolute(name), JSON.stringify(key));
      assert.match(name, /^[^\s.](?:.*[^\s.])?$/su, JSON.stringify(key));
      assert.ok(Buffer.byteLength(name) <= 200, JSON.stringify(key));
      assert.ok(name.startsWith('_') || !/^con\s*\.|^desktop\.ini$/i.test(name), JSON.stringify(key));
      assert.doesNotMatch(name, /\.(?:lnk|url)$/i, JSON.stringify(key));
      assert.equal(safeFileName(name), name);
    }
  });

  for (const [what, pump] of Object.entries(pumps)) {
    it(`takes time in proportion to the length: ${what}`, () => {
      const long = pump(1_000_000);
      // Some milliseconds are enough; a quadratic function takes minutes.
      assert.ok(processorMs(() => safeFileName(long)) < 2000);
    });
  }
});
