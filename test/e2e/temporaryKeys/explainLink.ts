import assert from 'node:assert/strict';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { fakeSignature, writtenV4 } from '../../support/writtenLinks.js';
import { alice } from '../../support/identities.js';
import type { World } from '../support/world.js';

const link = writtenV4({
  address: 'https://docs.s3.eu-west-1.amazonaws.com/in/report.pdf',
  token: 'SECRETTOKEN',
  more: ['x-id=GetObject'],
});

export const linkFiles = { 'links.txt': `The report is at\n${link}\nuntil tonight.\n` };

export function describeExplainLink(world: World): void {
  describe('Pointing at a presigned URL, and explaining it', () => {
    beforeEach(() => world.window.runCommand('View: Close All Editors'));
    testHover(world);
    testClipboard(world);
    testTest(world);
  });
}

/** The visible lines of the text in the active editor. */
async function shownText({ window }: World): Promise<string> {
  const lines = await window.page.locator('.editor-instance .view-line').allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

function testHover(world: World): void {
  it('shows a hover whose Explain link opens a page', async () => {
    const { window } = world;
    await window.openFile('links.txt');
    const hover = window.page.locator('.monaco-hover:visible').filter({ hasText: 'Presigned URL' });
    const lines = window.page.locator('.view-line');
    // A hover about to appear is dropped when the editor finds the links of the text.
    await lines.locator('.detected-link').first().waitFor();
    await lines.getByText('until tonight').hover();
    await lines
      .getByText('https://docs')
      .first()
      .hover({ position: { x: 60, y: 8 } });
    await hover.waitFor();
    const said = (await hover.innerText()).replaceAll('\u00a0', ' ');
    for (const line of ['Bucket: docs', 'Key: in/report.pdf', 'Method: GET'])
      assert.ok(said.includes(line), line);
    assert.ok(!said.includes(fakeSignature) && !/X-Amz/i.test(said), 'the hover contains the link');
    await window.picture('hover over a presigned URL');
    await hover.getByText('Explain', { exact: true }).click();
    await window.page.getByRole('tab', { name: /Presigned URL for report\.pdf/, selected: true }).waitFor();
    await window.until('the page', async () => /Bucket +docs/.test(await shownText(world)));
    assert.ok(!(await shownText(world)).includes(fakeSignature), 'the page contains the signature');
    await window.picture('a presigned URL explained');
  });
}

function testClipboard(world: World): void {
  it('explains what is on the clipboard, and sends nothing', async () => {
    const { window, server } = world;
    server.clearRequests();
    await window.setClipboard(link.replaceAll('docs', 'other'));
    await window.runCommand('Explain Presigned URL...');
    await window.until('the page', async () => /Bucket +other/.test(await shownText(world)));
    assert.equal(server.requests.length, 0);
  });
}

function testTest(world: World): void {
  it('tests the link on the clipboard with a request for its first byte', async () => {
    const { window, server } = world;
    const client = new S3Client({
      endpoint: server.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: alice,
    });
    const target = { Bucket: 'acme-website', Key: 'docs/getting-started.md' };
    await window.setClipboard(await getSignedUrl(client, new GetObjectCommand(target)));
    server.clearRequests();
    await window.runCommand('Test Link');
    const { message } = await window.notification('works');
    assert.match(
      message,
      /^The link to s3:\/\/acme-website\/docs\/getting-started\.md works: .+\. It expires at .+\.$/,
    );
    const seen = server.requests.map(({ method, status, presigned }) => [method, status, presigned]);
    assert.deepEqual(seen, [['GET', 206, true]]);
    await window.picture('a link that was tested');
  });
}
