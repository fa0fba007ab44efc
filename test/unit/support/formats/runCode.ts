import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LinkCodeId } from '../../../../src/core/links/code/codes.js';
import { repositoryRoot } from '../../../host/paths.js';
import { run, type Outcome } from '../../../support/processes.js';
import { interpret, type InterpreterId } from './interpreters.js';

type Run = (text: string, folder: string) => Promise<Outcome>;

/** Runs a program that generates a link, unchanged; its output is the link. */
const runners = {
  python: inFile('link.py', 'boto3'),
  javaScript: inFile('link.mjs', 'node'),
  ruby: inFile('link.rb', 'ruby'),
  awsCli: runAwsCommand,
} as const satisfies Partial<Record<LinkCodeId, Run>>;

export type RunnableCode = keyof typeof runners;

/** Uses a folder below the project, where Node finds its packages. */
export async function runCode(id: RunnableCode, text: string): Promise<Outcome> {
  const parent = join(repositoryRoot(), 'out', 'code');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'program-'));
  try {
    return await runners[id](text, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inFile(name: string, interpreter: InterpreterId): Run {
  return (text, folder) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return interpret(interpreter, { file, folder });
  };
}

/** Records the arguments of the CLI. */
const recorder = `#!/bin/sh
printf '%s\\0' "$@" >>"$WORDS"
`;

/** What Debian's command of this name runs. */
const cli = `import sys
from awscli.clidriver import main
sys.exit(main())
`;

/** Bash parses the command, and the CLI runs with the resulting arguments. */
async function runAwsCommand(text: string, folder: string): Promise<Outcome> {
  const [programs, words, file] = [join(folder, 'programs'), join(folder, 'words'), join(folder, 'aws.py')];
  mkdirSync(programs);
  writeFileSync(join(programs, 'aws'), recorder, { mode: 0o755 });
  writeFileSync(file, cli);
  const env = { ...process.env, WORDS: words, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` };
  // Bash takes Node's socket for a remote shell, and then reads ~/.bashrc, which may change PATH.
  const read = await run('bash', ['--norc', '-c', text], { cwd: folder, env });
  if (read.exitCode !== 0 || read.stdout !== '')
    throw new Error(`bash ran something else (${read.exitCode})`);
  const args = readFileSync(words, 'utf8').split('\0').slice(0, -1);
  return interpret('awsCli', { file, args, folder });
}
