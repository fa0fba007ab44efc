import assert from 'node:assert/strict';
import { usePrograms } from '../support/formats/usePrograms.js';
import { run } from '../../support/processes.js';
import { formatAttachment, parseFileName } from '../../../src/core/links/disposition.js';

const headers: Readonly<Record<string, string | undefined>> = {
  'attachment; filename=plain.txt': 'plain.txt',
  'attachment; filename="a b.txt"': 'a b.txt',
  'attachment; filename="a \\"q\\" \\\\.txt"': 'a "q" \\.txt',
  'attachment; filename="semi;colon.txt"; size=3': 'semi;colon.txt',
  'attachment; filename="x_.txt"; filename*=UTF-8\'\'%E2%82%AC%20rates.txt': '€ rates.txt',
  'attachment; filename*=utf-8\'en\'%C3%A9.txt; filename="e.txt"': 'é.txt',
  "attachment; filename*=ISO-8859-1''%E9.txt": 'é.txt',
  "attachment; filename*=UTF-8''%zz; filename=fallback": 'fallback',
  'ATTACHMENT; FileName=up.txt': 'up.txt',
  'attachment; filename=""': undefined,
  attachment: undefined,
  inline: undefined,
  '': undefined,
};

const unicodeNames = [
  '\ufffd.txt',
  '\ufffd',
  'a\ufffdb',
  '\u{1f4c4} "a".txt',
  "it's; 100%41 (1)*.txt",
  'e\u0301 \u00e9',
  '.hidden',
];

describe('formatAttachment', () => {
  usePrograms('python3');

  it('writes names that Python reads unchanged', async () => {
    const program = `import email.message, json, sys
def name(header):
    message = email.message.EmailMessage()
    message['Content-Disposition'] = header
    return message.get_filename()
print(json.dumps([name(header) for header in json.loads(sys.argv[1])]))`;
    // Removes the ASCII name: unlike browsers, Python prefers it when there are both.
    const ascii = /filename="(?:[^"\\]|\\.)*"; (?=filename\*)/;
    const headers = JSON.stringify(unicodeNames.map((name) => formatAttachment(name).replace(ascii, '')));
    const { stdout } = await run('/usr/bin/python3', ['-c', program, headers]);
    assert.deepEqual(JSON.parse(stdout), unicodeNames);
  });

  it('leaves out only control characters and lone surrogates', () => {
    assert.equal(parseFileName(formatAttachment('a\r\n\ud83d\u0000\ufffdb')), 'a\ufffdb');
  });
});

describe('parseFileName', () => {
  for (const [header, name] of Object.entries(headers)) {
    it(`${header} -> ${name ?? 'none'}`, () => {
      assert.equal(parseFileName(header), name);
    });
  }

  it('reads UTF-8 that was decoded as Latin-1', () => {
    const header = Buffer.from('attachment; filename="ünï.txt"').toString('latin1');
    assert.equal(parseFileName(header), 'ünï.txt');
    assert.equal(parseFileName('attachment; filename="\u00fc.txt"'), 'ü.txt');
  });

  for (const name of [
    'a b.txt',
    `it's "so"; really\\.txt`,
    '100%41.txt',
    '€ \u{1f600} (1)*.txt',
    'é',
    "x'y",
  ]) {
    it(`reads back what it wrote for ${name}`, () => {
      assert.equal(parseFileName(formatAttachment(name)), name);
    });
  }

  // Browsers differ in how they read these in quotes; all of them prefer the extended parameter.
  for (const name of ['a"b', 'a\\b', '100%41.txt', 'é']) {
    it(`writes ${name} as the extended parameter too`, () => {
      const [, extended = ''] = formatAttachment(name).split("; filename*=UTF-8''");
      assert.equal(decodeURIComponent(extended), name);
    });
  }
});
