import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureFonts, findChromium } from '../machine.js';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const VIEWPORT = { width: 1280, height: 800 };

/** A headless browser with an empty page that may read and write the clipboard. */
export async function openPage(): Promise<{ browser: Browser; page: Page }> {
  await ensureFonts();
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ARGUMENTS });
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return { browser, page: await context.newPage() };
}
