import assert from 'node:assert/strict';
import { awsCli } from '../../../../src/core/links/code/awsCli.js';
import { writeLinkCode } from '../../../../src/core/links/code/codes.js';
import { formatText } from '../../support/formats/formatText.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { sentForm } from '../../../support/sentForm.js';
import { pasteInto, shells, type Pasted, type ShellId } from '../../support/terminal/paste.js';
import { terminalNames } from '../../support/terminalNames.js';

/** A text to paste, and a check of what ran. */
interface Paste {
  readonly what: string;
  readonly name: string;
  readonly text: string;
  readonly isMeant: (pasted: Pasted) => boolean;
}

const expiresInSeconds = 60;

/** Accepts a single call with exactly these arguments. */
function calls(...words: readonly string[]): Paste['isMeant'] {
  return (pasted) => JSON.stringify(pasted.calls) === JSON.stringify([words]);
}

function operand(name: string): string {
  return /^[-@.]/.test(name) ? `./${name}` : name;
}

/** The values in a config file of curl. Source: curl's manual, `--config`. */
function valuesOf(config: string): Readonly<Record<string, string>> {
  const lines = [...config.matchAll(/^([\w-]+) = "((?:[^"\\]|\\.)*)"$/gm)];
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v' };
  return Object.fromEntries(
    lines.map(([, name = '', value = '']) => [
      name,
      value.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter),
    ]),
  );
}

/** Links in which the name is the local file, or a field. */
async function pastesOfFormats(use: ServerUse, name: string): Promise<readonly Paste[]> {
  const place = { bucket: 'docs', expiresInSeconds };
  const get = await use.sign({ kind: 'get', key: 'a', ...place });
  const put = await use.sign({ kind: 'put', key: 'a', ...place });
  const post = await use.sign({ kind: 'post', key: name, ...place });
  const fields = Object.entries(sentForm(post).fields).flatMap(([field, value]) => [
    '--form-string',
    `${field}=${value}`,
  ]);
  const type = '--header=content-type: application/octet-stream';
  return [
    {
      what: 'curl',
      name,
      text: formatText('curl', get, { fileName: name }),
      isMeant: calls('curl', '--fail', '--output', operand(name), get.url),
    },
    {
      what: 'curlConfig',
      name,
      text: formatText('curlConfig', get, { fileName: name }),
      isMeant: (pasted) =>
        calls('curl', '--config', '-')(pasted) &&
        JSON.stringify(valuesOf(pasted.stdin)) === JSON.stringify({ output: operand(name), url: get.url }),
    },
    {
      what: 'wget',
      name,
      text: formatText('wget', put, { fileName: name }),
      isMeant: calls(
        'wget',
        '--method=PUT',
        `--body-file=${operand(name)}`,
        '--output-document=-',
        type,
        put.url,
      ),
    },
    {
      what: 'a form by curl',
      name,
      text: formatText('curl', post, { fileName: 'f' }),
      isMeant: calls('curl', '--fail', ...fields, '--form', 'file=@f', post.url),
    },
  ];
}

/** AWS CLI commands in which the name is the key, or the profile. */
async function pastesOfCode(use: ServerUse, name: string): Promise<readonly Paste[]> {
  const request = { kind: 'get', bucket: 'docs', key: name, expiresInSeconds } as const;
  const { endpoint } = use.server;
  const region = 'us-east-1';
  const place = { endpoint, region, isAws: false, forcePathStyle: true, profile: name };
  const words = ['aws', 's3', 'presign', `s3://docs/${name}`, '--expires-in', '60', '--region', region];
  return [
    {
      what: 'the AWS CLI',
      name,
      text: await writeLinkCode('awsCli', await use.connect(), request),
      isMeant: calls(...words, '--endpoint-url', endpoint, '--profile', 'alice'),
    },
    {
      what: 'the AWS CLI with another profile',
      name,
      text: awsCli({ request, place }),
      isMeant: calls(...words, '--endpoint-url', endpoint, '--profile', name),
    },
  ];
}

describe('commands, pasted into a terminal', () => {
  usePrograms('python3', 'zsh', 'dash');
  const use = useServer();

  it('run only what they say, in every shell, whatever the names contain', async function () {
    this.timeout(120_000);
    const pastes: Paste[] = [];
    for (const name of terminalNames)
      pastes.push(...(await pastesOfFormats(use, name)), ...(await pastesOfCode(use, name)));
    const texts = pastes.map(({ text }) => text);
    const ids = Object.keys(shells) as ShellId[];
    const results = await pasteInto(ids.map((shell) => ({ shell, texts })));
    const wrong = ids.flatMap((shell, session) =>
      pastes
        .filter(({ isMeant }, index) => {
          const pasted = results[session]?.[index];
          return pasted === undefined || !isMeant(pasted) || !pasted.isWhole || pasted.files.length > 0;
        })
        // Leaves out the texts, which hold links that a failing test must not print.
        .map(({ what, name }) => `${shell}: ${what} with ${JSON.stringify(name)}`),
    );
    assert.deepEqual(wrong, []);
  });
});
