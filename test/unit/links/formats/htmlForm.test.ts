import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Link } from '../../../../src/core/links/sign.js';
import { openPage } from '../../../host/workbench/browser.js';
import { useFolder } from '../../support/folders.js';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { fewHostileNames } from '../../support/hostileNames.js';
import { oddKeys } from '../../../support/oddKeys.js';
import { useServer } from '../../../support/server.js';
import { poll } from '../../../support/poll.js';
import { must, someBytes } from '../../../support/values.js';
import { postOf } from '../../support/uploadLinks.js';
import { useWebServer } from '../../support/webServer.js';

const bytes = someBytes(3000);

let opened: { readonly browser: Browser; readonly page: Page } | undefined;
after(() => opened?.browser.close());

/** One browser for all tests of this file. */
function useBrowser(): () => Page {
  before('a browser is opened', async function () {
    if (opened !== undefined) return;
    // Installing a browser may take long on a slow network.
    this.timeout(300_000);
    opened = await openPage();
    opened.page.setDefaultTimeout(10_000);
  });
  return () => must(opened).page;
}

/** Opens the page of a link from the disk and chooses a file like a user. */
async function choose(
  page: Page,
  link: Link,
  { folder, name }: { folder: string; name: string },
): Promise<void> {
  const pages = join(folder, 'pages');
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, 'form.html'), formatText('htmlForm', link));
  await page.goto(`file://${join(pages, 'form.html')}`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: typeOf(name), buffer: bytes });
}

function typeOf(name: string): string {
  return name.endsWith('.png') ? 'image/png' : '';
}

async function upload(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Upload' }).click();
}

describe('HTML form, in Chromium: keys', () => {
  const browser = useBrowser();
  const use = useServer();
  const folder = useFolder();
  const keys = [
    ...fewHostileNames.filter((key) => !key.includes('${')),
    ...Object.values(oddKeys).filter((key) => key !== '/'),
    'a/../b',
    '"><script>document.title = 1</script>',
    '&amp;&#39;&lt;',
  ];

  for (const key of keys) {
    it(JSON.stringify(key.slice(0, 40)), async () => {
      const link = await use.sign(postOf(key));
      if (/[\r\n]/.test(key)) {
        assert.match(refusalOf('htmlForm', link), /line break/);
        return;
      }
      await choose(browser(), link, { folder: folder.path, name: 'data.bin' });
      await upload(browser());
      await poll(() => use.server.keys('docs').length > 0, { what: 'the upload' });
      assert.deepEqual(use.server.keys('docs'), [key]);
      assert.ok(use.server.getObject('docs', key)?.body.equals(bytes));
    });
  }
});

describe('HTML form, in Chromium: restrictions', () => {
  const browser = useBrowser();
  const use = useServer();
  const folder = useFolder();

  for (const name of ['plain.txt', '\u{1f4c4} \u00e4.txt', "it's $(a).txt"]) {
    it(`appends the file's name to the prefix: ${name}`, async () => {
      const link = await use.sign(postOf('in/', { form: { keyIsPrefix: true } }));
      await choose(browser(), link, { folder: folder.path, name });
      await upload(browser());
      await poll(() => use.server.keys('docs').length > 0, { what: 'the upload' });
      assert.deepEqual(use.server.keys('docs'), [`in/${name}`]);
    });
  }

  it('declares the type of the file if it has the required prefix', async () => {
    const link = await use.sign(postOf('a', { contentType: 'image/', form: { typeIsPrefix: true } }));
    await choose(browser(), link, { folder: folder.path, name: 'a.png' });
    await upload(browser());
    await poll(() => use.server.keys('docs').length > 0, { what: 'the upload' });
    assert.equal(use.server.getObject('docs', 'a')?.contentType, 'image/png');
  });

  it('sends nothing with a type of another prefix', async () => {
    const link = await use.sign(postOf('a', { contentType: 'image/', form: { typeIsPrefix: true } }));
    await choose(browser(), link, { folder: folder.path, name: 'a.png' });
    await browser().locator('input[name=Content-Type]').fill('text/plain');
    await upload(browser());
    assert.equal(await browser().locator('form:invalid').count(), 1);
    assert.equal(
      use.server.requests.some(({ method }) => method === 'POST'),
      false,
    );
  });

  it('sends an exact type', async () => {
    const link = await use.sign(postOf('a', { contentType: `text/x-"a"; b='c'` }));
    await choose(browser(), link, { folder: folder.path, name: 'a.png' });
    await upload(browser());
    await poll(() => use.server.keys('docs').length > 0, { what: 'the upload' });
    assert.equal(use.server.getObject('docs', 'a')?.contentType, `text/x-"a"; b='c'`);
  });
});

describe('HTML form, in Chromium: sizes and answers', () => {
  const browser = useBrowser();
  const use = useServer();
  const folder = useFolder();
  const serve = useWebServer();

  for (const [fits, limits] of [
    [true, { minBytes: 1, maxBytes: 3000 }],
    [false, { minBytes: 1, maxBytes: 2999 }],
    [false, { minBytes: 3001 }],
  ] as const) {
    it(`shows the sizes and ${fits ? 'sends' : 'keeps'} a file of 3000 bytes: ${JSON.stringify(limits)}`, async () => {
      const link = await use.sign(postOf('a', { form: limits }));
      await choose(browser(), link, { folder: folder.path, name: 'a.png' });
      assert.match(await browser().locator('body').innerText(), /The file size must be .+ to .+\./);
      assert.equal(await browser().locator('form:invalid').count(), fits ? 0 : 1);
      await upload(browser());
      if (fits) await poll(() => use.server.keys('docs').length > 0, { what: 'the upload' });
      else
        assert.equal(
          use.server.requests.some(({ method }) => method === 'POST'),
          false,
        );
    });
  }

  it('goes to the chosen page after the upload', async () => {
    const successRedirect = await serve(200, '<h1>Thanks</h1>');
    const link = await use.sign(postOf('a', { form: { successRedirect } }));
    await choose(browser(), link, { folder: folder.path, name: 'a.png' });
    await upload(browser());
    await browser().getByText('Thanks').waitFor();
    assert.deepEqual(use.server.keys('docs'), ['a']);
  });

  it('shows the answer of S3 when it refuses', async () => {
    const link = await use.sign(postOf('a'));
    await choose(browser(), link, { folder: folder.path, name: 'a.png' });
    use.now = new Date(link.expiresAt.getTime() + 1000);
    await upload(browser());
    await browser().waitForURL((url) => url.href.startsWith(use.server.endpoint));
    assert.match(await browser().locator('body').innerText(), /AccessDenied/);
    assert.deepEqual(use.server.keys('docs'), []);
  });
});
