import assert from 'node:assert/strict';
import { commands, MarkdownString, window, type Hover, type Position, type TextDocument } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { safeText } from '../../src/ui/messages/safeText.js';
import { fakeSignature, writtenV4 } from '../support/writtenLinks.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { dropTexts, openText } from './support/openText.js';
import { connectS3 } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { driverFor } from './support/window.js';

const link = writtenV4({
  address: 'https://docs.s3.eu-west-1.amazonaws.com/in/%5Ba%5D%28command%3Ax%29.txt',
  token: 'SECRETTOKEN',
  more: ['x-id=GetObject'],
});

/** The hover text of Signpost; other extensions may add theirs. */
async function hovers(document: TextDocument, position: Position): Promise<readonly MarkdownString[]> {
  const all = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return all
    .flatMap(({ contents }) => contents)
    .filter((content): content is MarkdownString => content instanceof MarkdownString)
    .filter(({ value }) => value.includes('Presigned'));
}

async function hoverIn(content: string, { at = 'https' } = {}): Promise<MarkdownString | undefined> {
  const document = await openText(content, { at });
  const found = await hovers(document, document.positionAt(content.indexOf(at) + 3));
  assert.equal(found.length <= 1, true, 'it is shown twice');
  return found[0];
}

/** An editor asks its providers once it knows the language of a document. */
async function awaitedHover(content: string, language: string): Promise<MarkdownString> {
  const document = await openText(content, { language, at: 'https' });
  const position = document.positionAt(content.indexOf('https') + 3);
  const what = () => `the hover at ${position.character} of a ${describeText(document)}`;
  return poll(async () => (await hovers(document, position))[0], { what });
}

/** What may differ from the text that was opened. Not the text, which contains a link. */
function describeText(text: TextDocument): string {
  const size = `${text.lineCount} lines and ${text.getText().length} characters`;
  return `text in ${text.languageId} with ${size}, ${text.isClosed ? 'closed' : 'open'}`;
}

describe('pointing at a presigned URL', () => {
  afterEach(dropTexts);

  for (const [language, content] of [
    ['plaintext', `${link}\n`],
    ['markdown', `See [the file](${link}).`],
    ['python', `url = '${link}'`],
    ['json', `{"url": "${link.replaceAll('&', '\\u0026')}"}`],
  ] as const) {
    it(`shows bucket, key, method and expiry in ${language}, and no link`, async () => {
      const hover = await awaitedHover(content, language);
      const text = hover.value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      for (const line of ['Bucket: docs', 'Key: in/[a]\u2060(command:x).txt', 'Method: GET', 'Expires: '])
        assert.equal(text.includes(line), true, line);
      assert.equal(
        /X-Amz|https?:|SECRETTOKEN/i.test(text) || text.includes(fakeSignature),
        false,
        'a link is shown',
      );
    });
  }

  it('links to two commands and no other, passing a place instead of the link', async () => {
    const hover = await hoverIn(link);
    const trusted = hover?.isTrusted;
    assert.deepEqual(typeof trusted === 'object' && trusted.enabledCommands, [
      commandIds.explainPresignedUrl,
      commandIds.testLink,
    ]);
    const links = [...(hover?.value ?? '').matchAll(/\[(\w+)\]\(command:([\w.]+)\?([^)]*)\)/g)];
    assert.deepEqual(
      links.map(([, title, id]) => [title, id]),
      [
        ['Explain', commandIds.explainPresignedUrl],
        ['Test', commandIds.testLink],
      ],
    );
    const args = JSON.parse(decodeURIComponent(links[0]?.[3] ?? '')) as unknown[];
    assert.equal(JSON.stringify(args).includes('docs'), false, 'the argument contains the link');
    await commands.executeCommand(commandIds.explainPresignedUrl, ...args);
    assert.match(window.activeTextEditor?.document.getText() ?? '', /^Bucket +docs$/m);
  });
});

/** Keys that Markdown, HTML or VS Code would change if they were not escaped. */
const markupKeys = [
  '<command:signpost.testLink>',
  '<mailto:me@example.com>',
  '<https:/example.com>',
  'a<b>c</b>d<e',
  'a<b\u3000c=d>e',
  '<!-- a -->b',
  '&rlm;&sol;&#8238;&amp;&lt;b>',
  '\\<b>\\&amp;\\*a\\*',
  'https://example.com/a',
  'www.example.com',
  'me@example.com',
  '[a](command:signpost.testLink)',
  '![a](https://example.com/a.png)',
  '**a** _b_ ~~c~~ `d`',
  'a b  c $(zap)',
];

const hoverSelector = '.monaco-hover .hover-contents:has-text("Presigned URL")';

/** The lines of the hover at the cursor, as the window shows them. */
async function shownLines(driver: Driver): Promise<readonly string[]> {
  await commands.executeCommand('editor.action.showHover');
  const read = async () => (await driver.visibleText(hoverSelector)).at(-1);
  const text = await poll(read, { what: 'the hover' });
  return text.split('\n');
}

describe('a hover about a key that looks like markup', () => {
  afterEach(dropTexts);

  for (const key of markupKeys) {
    it(`shows it unchanged and not as a link: ${key}`, async function () {
      const driver = driverFor(this);
      const address = `https://docs.s3.eu-west-1.amazonaws.com/${encodeURIComponent(key)}`;
      await openText(writtenV4({ address }), { at: 'https' });
      const lines = await shownLines(driver);
      assert.equal(
        lines.find((line) => line.startsWith('Key: ')),
        `Key: ${safeText(key).replaceAll('  ', '\u00a0\u00a0')}`,
      );
      assert.deepEqual(await driver.visibleText(`${hoverSelector} a`), ['Explain', 'Test']);
    });
  }
});

describe('pointing at something else', () => {
  afterEach(dropTexts);

  it('adds no hover, not even to a URL without a signature', async () => {
    assert.equal(await hoverIn(`word ${link}`, { at: 'word' }), undefined);
    assert.equal(await hoverIn('https://docs.s3.amazonaws.com/a'), undefined);
  });

  it('shows nothing when the setting is off', async () => {
    await setSetting('hover', false);
    try {
      assert.equal(await hoverIn(link), undefined);
    } finally {
      await setSetting('hover', undefined);
    }
    assert.notEqual(await hoverIn(link), undefined);
  });

  it('reads only one line of a large text, and sends nothing', async () => {
    const s3 = connectS3();
    await s3.clearRequests();
    const filler = 'a line of many\n'.repeat(200_000);
    assert.notEqual(await hoverIn(`${filler}${link}\n${filler}`), undefined);
    assert.deepEqual(await s3.requests(), []);
  });
});
