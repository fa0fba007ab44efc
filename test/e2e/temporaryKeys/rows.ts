import assert from 'node:assert/strict';
import type { Row } from '../../host/driver/protocol.js';
import { must } from '../../support/values.js';
import { openTooltip } from '../support/tooltip.js';
import type { World } from '../support/world.js';

const bucket = 'acme-odd-keys';

/** Every row below the bucket, from top to bottom, indented by depth, with its screen reader label. */
const rows: readonly string[] = [
  'Folder ..',
  '  Object up.txt, 43 B, 2 months ago',
  'Folder without a name',
  '  Folder without a name',
  '    Object /, 40 B, 1 month ago',
  '  Object lead, 41 B, 1 month ago',
  'Folder a',
  '  Folder ..',
  '    Object b.txt, 43 B, 2 months ago',
  '  Folder .',
  '    Object b.txt, 39 B, 2 months ago',
  '  Folder without a name',
  '    Object b, 40 B, 1 month ago',
  '  Object .., 44 B, 2 months ago',
  'Folder dir',
  '  Object dir/, 42 B, 1 month ago',
  'Folder long',
  `  Object ${'x'.repeat(1015)}.txt, 38 B, 2 months ago`,
  'Folder \u{1f600}',
  '  Object \u{1f468}\u200d\u{1f469}\u200d\u{1f467}.txt, 33 B, 1 month ago',
  'Object -rf, 42 B, 2 months ago',
  'Object 100%.txt, 35 B, 6 days ago',
  'Object @file, 43 B, 2 months ago',
  `Object a!b(c)d~e*f'g.txt, 51 B, 3 weeks ago`,
  'Object a%2Fb.txt, 39 B, 1 week ago',
  'Object a&b#c?d;e=f:g,h@i$j.txt, 43 B, 1 week ago',
  'Object a+b.txt, 32 B, 3 days ago',
  'Object a\\b.txt, 37 B, 3 weeks ago',
  'Object a|b<c>d{e}f^g[h]i.txt, 36 B, 2 weeks ago',
  'Object a\\u{2066}b\\u{2069}c.txt, 40 B, 2 months ago',
  'Object bell\\u{7}.txt, 45 B, 1 month ago',
  'Object cafe\u0301.txt, 31 B, 4 weeks ago',
  'Object caf\u00e9.txt, 31 B, 3 weeks ago',
  'Object cr\\u{d}\\u{a}lf.txt, 57 B, 1 month ago',
  'Object dir, 48 B, 1 month ago',
  'Object exe\\u{202e}gpj.txt, 41 B, 1 month ago',
  `Object it's "quoted" \`so\`.txt, 34 B, 2 weeks ago`,
  'Object tab\\u{9}here.txt, 31 B, 1 month ago',
  'Object trailing space , 42 B, 2 months ago',
  'Object with space.txt, 33 B, of now',
];

/** The copy commands, and what each writes for the three rows. */
const copies = {
  'Copy S3 URI': [
    's3://acme-website/docs/',
    's3://acme-website/docs/safety.md',
    's3://acme-website/index.html',
  ],
  'Copy Key': ['docs/', 'docs/safety.md', 'index.html'],
  'Copy Name': ['docs', 'safety.md', 'index.html'],
  'Copy ARN': [
    'arn:aws:s3:::acme-website/docs/',
    'arn:aws:s3:::acme-website/docs/safety.md',
    'arn:aws:s3:::acme-website/index.html',
  ],
  // Folders have none: VS Code offers only what all selected rows have.
  'Copy Object URL': [
    '/acme-website/docs/getting-started.md',
    '/acme-website/docs/safety.md',
    '/acme-website/index.html',
  ],
} as const;

export function describeRows(world: World): void {
  describe('The rows of the view', () => {
    testOddKeys(world);
    testTooltip(world);
    testIcons(world);
    testCopies(world);
  });
}

/** Opens everything below a bucket with the keyboard; gives its rows. */
async function walk(world: World, name: string): Promise<readonly string[]> {
  const { window } = world;
  const passed: string[] = [];
  await window.focusView();
  await window.press('Home');
  await window.moveTo(`Bucket ${name}`);
  for (;;) {
    const row = must(await window.focusedRow());
    if (row.isClosed) await open(world, row);
    await window.press('ArrowDown');
    const next = await window.until('the next row', async () => {
      const focused = await window.focusedRow();
      return focused?.index === row.index + 1 && focused;
    });
    if (next.level === 1) return passed;
    passed.push('  '.repeat(next.level - 2) + next.label);
  }
}

/** Opens a row, and waits for the rows below it. */
async function open({ window }: World, { index, level }: Row): Promise<void> {
  await window.press('ArrowRight');
  const below = window.page.locator(`.pane-body .monaco-list-row[data-index="${index + 1}"]`);
  await window.until('what is below', async () => Number(await below.getAttribute('aria-level')) > level);
}

function testOddKeys(world: World): void {
  it('shows every kind of key that S3 allows, with size and age', async () => {
    const { window } = world;
    const labels = (await walk(world, bucket)).map((label) =>
      // The youngest object is as old as the test.
      label.replace(/, (?:now|\d+ (?:second|minute)s? ago)$/, ', of now'),
    );
    await window.picture('rows odd keys');
    assert.deepEqual(labels, rows);
  });
}

function testTooltip(world: World): void {
  it('shows key, bytes, date, storage class and ETag of the object under the pointer', async () => {
    const { window, server } = world;
    const object = server.getObject('acme-website', 'docs/safety.md');
    assert.ok(object !== undefined);
    await window.expand('Bucket acme-website', 'Folder docs');
    const hover = await openTooltip(window, 'Object safety.md');
    await window.picture('rows tooltip');
    assert.deepEqual((await hover.innerText()).trim().split('\n'), [
      'docs/safety.md',
      `${object.body.length.toLocaleString('en')} bytes`,
      `Modified ${object.lastModified.toLocaleString('en')}`,
      'Storage class STANDARD',
      `ETag ${object.etag.replaceAll('"', '')}`,
    ]);
  });
}

function testIcons(world: World): void {
  it('uses the icons of the icon theme', async () => {
    const { window } = world;
    await window.expand('Bucket acme-website', 'Folder docs');
    for (const [row, classes] of [
      ['Object index.html', '.file-icon.html-ext-file-icon'],
      ['Folder docs', '.folder-icon'],
    ] as const) {
      await window.row(row).locator(`.monaco-icon-label${classes}, ${classes}`).first().waitFor();
    }
  });
}

function testCopies(world: World): void {
  for (const [entry, lines] of Object.entries(copies)) {
    it(`writes a line for each selected row with "${entry}"`, async () => {
      const { window, server } = world;
      await window.expand('Bucket acme-website', 'Folder docs');
      await window.row('Object index.html').click();
      await window.row('Object safety.md').click({ modifiers: ['ControlOrMeta'] });
      const third = entry === 'Copy Object URL' ? 'Object getting-started.md' : 'Folder docs';
      await window.row(third).click({ modifiers: ['ControlOrMeta'] });
      await window.chooseInMenu('Object safety.md', 'Copy Path', entry);
      const text = await window.copied();
      const copied = text.split('\n').map((line) => line.replace(server.endpoint, ''));
      assert.deepEqual(copied.toSorted(), lines.toSorted());
    });
  }
}
