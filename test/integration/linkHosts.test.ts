import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'vscode';
import { commandIds, type CommandId } from '../../src/ui/ids.js';
import { startProxy } from '../host/s3/network.js';
import { makeAuthority } from '../support/authority.js';
import { portOf } from '../support/ports.js';
import { writtenForm, writtenV2, writtenV4 } from '../support/writtenLinks.js';
import { noteLinks } from './support/links.js';
import { setHttp } from './support/network.js';
import { assertNoMessage, clearMessages } from './support/notifications.js';
import { closeEditors } from './support/outcome.js';
import { workspaceFile } from './support/uploads.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

const { downloadFromLink, uploadToLink } = commandIds;
const shownHost = 'docs.s3.eu-west-1.amazonaws.com';
const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');

function linkAt(authority: string): string {
  return writtenV4({ address: `https://${authority}/in/report.pdf`, stamp });
}

function formAt(authority: string) {
  const conditions = [{ bucket: 'docs' }, ['starts-with', '$key', '']];
  return { ...writtenForm(conditions), url: `https://${authority}/` };
}

function pageAt(authority: string): string {
  const { url, fields } = formAt(authority);
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  return `<form method="post" action="${url}">${inputs.join('')}</form>`;
}

/** Runs a command with a text on the clipboard. */
async function startWith(text: string, command: CommandId): Promise<RunningCommand> {
  await env.clipboard.writeText(text);
  return startCommand(command, ...(command === uploadToLink ? [workspaceFile('notes.txt')] : []));
}

interface Refused {
  readonly text: (authority: string) => string;
  readonly command: CommandId;
}

const forms: Readonly<Record<string, Refused>> = {
  'a PUT link in JSON': {
    text: (authority) => JSON.stringify({ method: 'PUT', url: linkAt(authority) }),
    command: uploadToLink,
  },
  'a GET link in JSON': {
    text: (authority) => JSON.stringify({ method: 'GET', url: linkAt(authority) }),
    command: downloadFromLink,
  },
  'a form in JSON': { text: (authority) => JSON.stringify(formAt(authority)), command: uploadToLink },
  'a form in HTML': { text: pageAt, command: uploadToLink },
};

describe('a link or form with a second host', () => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => {
    server.close();
  });

  const authorities = {
    'before an @': [`x@HOST\\@${shownHost}`, 'This address has a user name before its host.'],
    'before a backslash': [`HOST\\.${shownHost}`, 'The host or port in this address is not valid.'],
  } as const;
  for (const [where, [authority, sentence]] of Object.entries(authorities)) {
    for (const [what, { text, command }] of Object.entries(forms)) {
      it(`is refused with the reason, and nothing is sent: ${what}, ${where}`, async function () {
        const driver = driverFor(this);
        await clearMessages(driver);
        connections = 0;
        const host = `127.0.0.1:${portOf(server.address())}`;
        const running = await startWith(text(authority.replace('HOST', host)), command);
        const { placeholder, value } = await driver.waitForQuickInput(({ message }) =>
          message.startsWith(sentence),
        );
        assert.match(placeholder, /^The link or form on the clipboard cannot be used\./);
        assert.equal(value, '');
        await driver.press('Escape');
        await running.ended;
        await assertNoMessage(driver);
        assert.equal(connections, 0);
      });
    }
  }
});

describe('the prompt for another link', () => {
  const refused = JSON.stringify({ url: linkAt(`x@${shownHost}`) });
  afterEach(closeEditors);
  const hasReason = ({ message }: { readonly message: string }) => message.startsWith('This address has');

  it('drops the reason at the first answer and accepts another link', async function () {
    const driver = driverFor(this);
    await clearMessages(driver);
    const running = await startWith(refused, commandIds.explainPresignedUrl);
    await driver.waitForQuickInput(hasReason);
    await driver.press('Enter');
    await driver.waitForQuickInput(({ message }) => message.startsWith('Presigned URL, or form'));
    await driver.type(writtenV2('https://b.s3.amazonaws.com/k'));
    await driver.press('Enter');
    await running.ended;
    await driver.waitForNoQuickInput();
    await assertNoMessage(driver);
  });

  it('does not comment on other clipboard contents', async function () {
    const driver = driverFor(this);
    const running = await startWith('https://me:hunter2@git.example/a.git', downloadFromLink);
    const { message, placeholder } = await driver.waitForQuickInput();
    assert.equal(placeholder, 'Paste it here');
    assert.match(
      message,
      /^Paste a presigned URL, or a form as JSON or HTML\. The clipboard does not contain one\./,
    );
    await driver.press('Escape');
    await running.ended;
  });
});

/** A name with a Cyrillic letter in it, and the same name as DNS has it. */
const lookalike = { written: 'docs.s3.\u0430mazonaws.com', punycode: 'docs.s3.xn--mazonaws-06g.com' };

/** The server of that name, and the proxy that is the only way to reach it. */
async function startLookalike(folder: string) {
  const { tls, bundle } = await makeAuthority(folder, { host: lookalike.punycode });
  const requests: (readonly (string | undefined)[])[] = [];
  const server: Server = createServer(tls, ({ method, headers }, response) => {
    requests.push([method, headers.host, headers.range]);
    response.writeHead(206, { 'content-range': 'bytes 0-0/5', 'content-type': 'text/plain' }).end('h');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy = await startProxy(`https://127.0.0.1:${portOf(server.address())}`);
  return { server, proxy, bundle, requests };
}

describe('a link whose host has letters beyond ASCII', () => {
  let folder = '';
  let network: Awaited<ReturnType<typeof startLookalike>> | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-host-'));
    network = await startLookalike(folder);
    process.env.AWS_CA_BUNDLE = network.bundle;
    await setHttp('proxy', network.proxy.url);
  });
  after(async () => {
    delete process.env.AWS_CA_BUNDLE;
    await setHttp('proxy', undefined);
    network?.proxy.close();
    network?.server.close().closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it('is shown with its DNS name before the object is requested', async function () {
    const driver = driverFor(this);
    const link = linkAt(lookalike.written);
    noteLinks([link]);
    const running = await startWith(link, downloadFromLink);
    const { placeholder } = await driver.waitForQuickInput(
      ({ items: [first] }) => first?.label === 'Open in Editor',
    );
    assert.equal(placeholder, `report.pdf from ${lookalike.punycode} (5 B, text/plain)`);
    await driver.press('Escape');
    await running.ended;
    assert.deepEqual(network?.proxy.tunnels, [`${lookalike.punycode}:443`]);
    assert.deepEqual(network.requests, [['GET', lookalike.punycode, 'bytes=0-0']]);
  });
});
