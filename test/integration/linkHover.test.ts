import assert from 'node:assert/strict';
import { commands, MarkdownString, window, type Hover, type Position, type TextDocument } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { fakeSignature, writtenV4 } from '../unit/support/writtenLinks.js';
import { dropTexts, openText } from './support/openText.js';
import { connectS3 } from './support/s3.js';
import { setSetting } from './support/settings.js';

const link = writtenV4({
  address: 'https://docs.s3.eu-west-1.amazonaws.com/in/%5Ba%5D%28command%3Ax%29.txt',
  token: 'SECRETTOKEN',
  more: ['x-id=GetObject'],
});

/** What Signpost says of a place; other extensions may say more. */
async function hovers(document: TextDocument, position: Position): Promise<readonly MarkdownString[]> {
  const all = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return all
    .flatMap(({ contents }) => contents)
    .filter((content): content is MarkdownString => content instanceof MarkdownString)
    .filter(({ value }) => value.includes('Presigned'));
}

async function hoverIn(
  content: string,
  { language = 'plaintext', at = 'https' } = {},
): Promise<MarkdownString | undefined> {
  const document = await openText(content, { language, at });
  const found = await hovers(document, document.positionAt(content.indexOf(at) + 3));
  assert.equal(found.length <= 1, true, 'it is said twice');
  return found[0];
}

describe('pointing at a presigned URL', () => {
  afterEach(dropTexts);

  for (const [language, content] of [
    ['plaintext', `${link}\n`],
    ['markdown', `See [the file](${link}).`],
    ['python', `url = '${link}'`],
    ['json', `{"url": "${link.replaceAll('&', '\\u0026')}"}`],
  ] as const) {
    it(`tells bucket, key, method and end in ${language}, and no link`, async () => {
      const hover = await hoverIn(content, { language });
      const text = (hover?.value ?? '').replaceAll('&nbsp;', ' ').replace(/\\(.)/g, '$1');
      for (const line of ['Bucket: docs', 'Key: in/[a]\u2060(command:x).txt', 'Method: GET', 'End: '])
        assert.equal(text.includes(line), true, line);
      assert.equal(
        /X-Amz|https?:|SECRETTOKEN/i.test(text) || text.includes(fakeSignature),
        false,
        'a link is shown',
      );
    });
  }

  it('links two commands and no other, with a place and not the link', async () => {
    const hover = await hoverIn(link);
    const trusted = hover?.isTrusted;
    assert.deepEqual(typeof trusted === 'object' && trusted.enabledCommands, [
      commandIds.explainLink,
      commandIds.testLink,
    ]);
    const links = [...(hover?.value ?? '').matchAll(/\[(\w+)\]\(command:([\w.]+)\?([^)]*)\)/g)];
    assert.deepEqual(
      links.map(([, title, id]) => [title, id]),
      [
        ['Explain', commandIds.explainLink],
        ['Test', commandIds.testLink],
      ],
    );
    const args = JSON.parse(decodeURIComponent(links[0]?.[3] ?? '')) as unknown[];
    assert.equal(JSON.stringify(args).includes('docs'), false, 'the argument holds the link');
    await commands.executeCommand(commandIds.explainLink, ...args);
    assert.match(window.activeTextEditor?.document.getText() ?? '', /^Bucket +docs$/m);
  });
});

describe('pointing at something else', () => {
  afterEach(dropTexts);

  it('says nothing beside it, nor of an address without a signature', async () => {
    assert.equal(await hoverIn(`word ${link}`, { at: 'word' }), undefined);
    assert.equal(await hoverIn('https://docs.s3.amazonaws.com/a'), undefined);
  });

  it('says nothing where the setting is off', async () => {
    await setSetting('hover', false);
    try {
      assert.equal(await hoverIn(link), undefined);
    } finally {
      await setSetting('hover', undefined);
    }
    assert.notEqual(await hoverIn(link), undefined);
  });

  it('looks at one line of a large text, and sends nothing', async () => {
    const s3 = connectS3();
    await s3.clearRequests();
    const filler = 'a line of many\n'.repeat(200_000);
    assert.notEqual(await hoverIn(`${filler}${link}\n${filler}`), undefined);
    assert.deepEqual(await s3.requests(), []);
  });
});
