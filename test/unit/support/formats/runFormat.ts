import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LinkFormatId } from '../../../../src/core/links/formats/formats.js';
import { run, runInBash, type Outcome } from '../../../support/processes.js';
import { parseHttpFile } from './httpFile.js';
import { interpret, type InterpreterId } from './interpreters.js';
import { parsePowerShell, throughWindowsCommandLine } from './powerShell.js';

/**
 * Runs a format's unchanged text in a folder: with its own program, or by the rules of one that is missing.
 */
const runners = {
  curl: runInBash,
  curlConfig: runInBash,
  wget: runInBash,
  python: (text, folder) => runFile({ text, name: 'link.py', interpreter: 'requests', folder }),
  fetch: (text, folder) => runFile({ text, name: 'link.mjs', interpreter: 'node', folder }),
  curlPowerShell: runCurlWords,
  invokeWebRequest: (text, folder) => outcomeOf(invokeWebRequest(text, folder)),
  http: (text, folder) => outcomeOf(sendHttpFile(text, folder)),
} as const satisfies Partial<Record<LinkFormatId, (text: string, folder: string) => Promise<Outcome>>>;

/** A format that is a command or a program. */
export type RunnableFormat = keyof typeof runners;

export const runnableFormats = Object.keys(runners) as readonly RunnableFormat[];

export function runFormat(id: RunnableFormat, text: string, folder: string): Promise<Outcome> {
  return runners[id](text, folder);
}

interface FormatProgram {
  readonly text: string;
  readonly name: string;
  readonly interpreter: InterpreterId;
  readonly folder: string;
}

/** The file is in another folder, so that this one shows what the program itself writes. */
async function runFile({ text, name, interpreter, folder }: FormatProgram): Promise<Outcome> {
  const place = mkdtempSync(join(tmpdir(), 'signpost-format-'));
  try {
    writeFileSync(join(place, name), text);
    return await interpret(interpreter, { file: join(place, name), folder });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** As both PowerShell 7.3 and Windows PowerShell start a program. */
async function runCurlWords(text: string, folder: string): Promise<Outcome> {
  const words = parsePowerShell(text).map(String);
  const passed = throughWindowsCommandLine(words);
  if (JSON.stringify(words) !== JSON.stringify(passed)) throw new Error('Windows passes other words.');
  const [program, ...args] = words;
  if (program !== 'curl.exe') throw new Error('The command starts another program.');
  return run('curl', args, { cwd: folder });
}

/**
 * Source: the documentation of Invoke-WebRequest for PowerShell 5.1 and 7, and WebRequestPSCmdlet.Common.cs, which resolves
 * `InFile` as a pattern in both, and `OutFile` in 5.1.
 */
async function invokeWebRequest(text: string, folder: string): Promise<Response> {
  const [program, ...words] = parsePowerShell(text);
  const parameters = readParameters(words);
  const value = (name: string) => {
    const given = parameters.get(name);
    return typeof given === 'string' ? given : undefined;
  };
  const headers = new Map(parameters.get('Headers') as ReadonlyMap<string, string> | undefined);
  const isKnown = [...parameters.keys()].every((name) => known.includes(name));
  if (program !== 'Invoke-WebRequest' || !isKnown || headers.has('content-type'))
    throw new Error('Windows PowerShell would refuse this.');
  const type = value('ContentType');
  if (type !== undefined) headers.set('content-type', type);
  const source = value('InFile');
  if (/[[\]*?`]/.test(`${source ?? ''}${value('OutFile') ?? ''}`))
    throw new Error('PowerShell would take another file.');
  const body = source === undefined ? undefined : await readFile(resolve(folder, source));
  const answer = await fetch(value('Uri') ?? '', {
    method: (value('Method') ?? 'Get').toUpperCase(),
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body }),
  });
  const target = value('OutFile');
  if (target !== undefined && answer.ok)
    await writeFile(resolve(folder, target), Buffer.from(await answer.arrayBuffer()));
  return answer;
}

const known = ['UseBasicParsing', 'Method', 'OutFile', 'InFile', 'ContentType', 'Headers', 'Uri'];

type Words = ReturnType<typeof parsePowerShell>;

function readParameters(words: Words): ReadonlyMap<string, Words[number]> {
  const parameters = new Map<string, Words[number]>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (typeof word !== 'string' || !word.startsWith('-')) throw new Error('A parameter has no name.');
    const name = word.slice(1);
    if (name === 'UseBasicParsing') parameters.set(name, '');
    else parameters.set(name, words[(index += 1)] ?? '');
  }
  return parameters;
}

async function sendHttpFile(text: string, folder: string): Promise<Response> {
  const { method, url, headers, body } = parseHttpFile(text, folder);
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
}

async function outcomeOf(sent: Promise<Response>): Promise<Outcome> {
  const answer = await sent;
  const stdout = answer.bodyUsed ? '' : await answer.text();
  return { exitCode: answer.status < 400 ? 0 : 22, stdout, stderr: '' };
}
