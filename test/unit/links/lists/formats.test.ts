import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { formatList, listFormats, type ListFormatId } from '../../../../src/core/links/lists/formats.js';
import { signMany } from '../../../../src/core/links/signMany.js';
import { displayKey } from '../../../../src/core/text/unprintable.js';
import type { Link } from '../../../../src/core/links/sign.js';
import { openPage } from '../../../host/workbench/browser.js';
import { useFolder } from '../../support/folders.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { run } from '../../../support/processes.js';
import { useServer } from '../../../support/server.js';

const keys: readonly string[] = [
  ...Object.values(oddKeys).filter((key) => key.length < 500),
  ...Object.values(dotSegmentKeys),
  ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a";=1+1;"', 'a,b;c', '"', '""'],
  ...[
    '<img src=x onerror=alert(1)>',
    '</table>',
    '&amp;',
    '"onclick="x',
    "'",
    '](x) [y',
    '<b>',
    '`',
    '\\',
    '**b**',
    '~~s~~',
  ],
];

function useLists() {
  const use = useServer();
  /** The list in a format, and its links. */
  const make = async (
    id: ListFormatId,
    base = '',
  ): Promise<{ readonly text: string; readonly links: readonly Link[] }> => {
    const links: Link[] = [];
    const connection = await use.connect('temporary');
    const request = { kind: 'get', bucket: 'docs', expiresInSeconds: 600 } as const;
    async function* batches() {
      const pages = [keys.slice(0, 3), keys.slice(3)].map((page) => page.map((key) => base + key));
      for await (const batch of signMany(connection, request, { keys: pages })) {
        links.push(...batch);
        yield batch;
      }
    }
    let text = '';
    for await (const piece of formatList(id, batches(), { bucket: 'docs', base })) text += piece;
    return { text, links };
  };
  return { use, make };
}

/** Compares without printing links that differ. */
function assertSame(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  const wrong = expected.findIndex((value, index) => JSON.stringify(actual[index]) !== JSON.stringify(value));
  assert.equal(wrong, -1, `${what} number ${wrong}`);
}

describe('lists of links for programs', () => {
  const { make } = useLists();

  it('one per line: every line is a link', async () => {
    const { text, links } = await make('lines');
    assert.equal(text.endsWith('\n'), true);
    assertSame(
      text.slice(0, -1).split('\n'),
      links.map(({ url }) => url),
      'line',
    );
  });

  it('JSON: everything needed to use the links', async () => {
    const { text, links } = await make('json');
    const expected = links.map(({ method, url, headers, bucket, key, expiresAt }) => ({
      method,
      url,
      headers,
      bucket,
      key,
      expires: expiresAt,
    }));
    assertSame(JSON.parse(text) as unknown[], expected, 'entry');
  });

  it('JSON: is complete without any links', async () => {
    let text = '';
    const none = (async function* () {
      await Promise.resolve();
      yield [] as Link[];
    })();
    for await (const piece of formatList('json', none, { bucket: 'docs', base: '' })) text += piece;
    assert.deepEqual(JSON.parse(text), []);
  });
});

describe('lists of links for spreadsheets', () => {
  const { make } = useLists();
  const folder = useFolder();

  it('CSV: Python reads back the same', async () => {
    const { text, links } = await make('csv');
    const path = join(folder.path, 'links.csv');
    writeFileSync(path, text);
    const program =
      'import csv, json, sys; print(json.dumps(list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))))';
    const { stdout, exitCode } = await run('python3', ['-c', program, path]);
    assert.equal(exitCode, 0);
    const [names, ...rows] = JSON.parse(stdout) as readonly string[][];
    assert.deepEqual(names, ['address', 'method', 'url', 'expires']);
    const expected = links.map(({ key, url, expiresAt }) => [
      displayKey(`s3://docs/${key}`),
      'GET',
      url,
      expiresAt.toISOString(),
    ]);
    assertSame(rows, expected, 'row');
  });

  it('CSV: no field looks like a formula, and every field is quoted, whatever separator a program expects', async () => {
    const { text } = await make('csv');
    const fields = [...text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)];
    assert.equal(fields.map(([whole]) => whole).join('').length, text.length);
    for (const [, field = ''] of fields) assert.match(field, /^(?:[a-z]|[A-Z]|\d)/);
  });
});

describe('lists of links for people', () => {
  const { make } = useLists();

  it('Markdown: a list item for each link, with no markup from a name', async () => {
    const { text, links } = await make('markdown', 'in/');
    const items = text.slice(0, -1).split('\n');
    const expected = links.map(({ url }, index) => [displayKey(keys[index] ?? ''), url]);
    const read = items.map((item) => {
      const [, name = '', url] = /^- \[((?:[^\\[\]]|\\.)*)\]\(<([^<>\s]+)>\)$/.exec(item) ?? [];
      // Characters without a backslash must have no meaning in Markdown.
      assert.doesNotMatch(name.replace(/\\./g, ''), /[!-/:-@[-`{-~]/);
      return [name.replace(/\\(.)/g, '$1'), url];
    });
    assertSame(read, expected, 'item');
  });

  for (const [id, { label, detail, extension }] of Object.entries(listFormats)) {
    it(`${id} has a label and a description`, () => {
      assert.notEqual(label, '');
      assert.match(detail, /^[A-Z].*\.$/);
      assert.match(extension, /^[a-z]+$/);
    });
  }
});

describe('the HTML page of links, in a browser', () => {
  const { use, make } = useLists();
  const folder = useFolder();
  let page: Page | undefined;
  afterEach(() => page?.context().browser()?.close());

  it('shows every name unchanged, runs nothing, and its links reach the objects', async function () {
    this.timeout(60_000);
    const { text, links } = await make('html', 'in/');
    for (const { key } of links) use.server.putObject('docs', key, 'hello');
    const path = join(folder.path, 'links.html');
    writeFileSync(path, text);
    ({ page } = await openPage());
    const failures: string[] = [];
    page.on('dialog', (dialog) => failures.push(dialog.message()));
    await page.goto(pathToFileURL(path).href);
    assert.deepEqual(await page.locator('tbody bdi').allTextContents(), keys.map(displayKey));
    assert.equal(await page.locator('img, script').count(), 0);
    assert.match(await page.title(), /^Links to s3:\/\/docs\/in\/$/);
    const anchors = await page.locator('tbody a').all();
    const hrefs = await Promise.all(anchors.map((anchor) => anchor.getAttribute('href')));
    const dotted = Object.keys(dotSegmentKeys).length;
    assertSame(
      [hrefs.length, await page.locator('tbody code').count()],
      [links.length - dotted, dotted],
      'count',
    );
    const codes = await page.locator('tbody code').allTextContents();
    assertSame([...hrefs, ...codes].toSorted(), links.map(({ url }) => url).toSorted(), 'link');
    const downloading = page.waitForEvent('download');
    await page.locator('tbody a').first().click();
    assert.equal(readFileSync(await (await downloading).path(), 'utf8'), 'hello');
    const [opened] = use.server.requests;
    assert.equal(opened?.headers.referer, undefined);
    assert.deepEqual(failures, []);
  });
});
