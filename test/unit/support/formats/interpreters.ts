import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Outcome } from '../../../support/processes.js';

/** A program in a file, and how to start it. */
interface Program {
  readonly file: string;
  readonly args?: readonly string[];
  /** The working directory. */
  readonly folder: string;
}

/** Imports the modules given as arguments, then runs each program in a fork of itself. */
const python = `
import importlib, json, os, runpy, signal, sys, tempfile

inherited = list(os.environ)
for name in sys.argv[1:]:
    importlib.import_module(name)
for line in sys.stdin:
    asked = json.loads(line)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            signal.alarm(60)
            for number, file in enumerate([open(os.devnull), out, err]):
                os.dup2(file.fileno(), number)
            os.chdir(asked["folder"])
            # What a module has set stays.
            for name in inherited:
                os.environ.pop(name, None)
            os.environ.update(asked["env"])
            sys.argv = [asked["file"], *asked["args"]]
            runpy.run_path(asked["file"], run_name="__main__")
            sys.exit()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    print(json.dumps({"exitCode": code, "stdout": texts[0], "stderr": texts[1]}), flush=True)
`;

/** The same in Ruby. */
const ruby = `
require 'json'
require 'tempfile'
require 'aws-sdk-s3'

# Read from a file at the first use.
Aws::Partitions.partitions
STDIN.each_line do |line|
  asked = JSON.parse(line)
  out, err = Tempfile.new, Tempfile.new
  pid = fork do
    STDIN.reopen(File::NULL)
    STDOUT.reopen(out)
    STDERR.reopen(err)
    ENV.replace(asked['env'])
    Dir.chdir(asked['folder'])
    load asked['file']
  end
  code = Process.wait2(pid).last.exitstatus || -1
  texts = [out, err].map { |file| File.read(file.path, encoding: 'UTF-8') }
  STDOUT.puts JSON.generate(exitCode: code, stdout: texts[0], stderr: texts[1])
  STDOUT.flush
  [out, err].each(&:close!)
end
`;

/** Imports each program as a separate module; their imports are loaded once. */
const node = `
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

for await (const line of createInterface({ input: process.stdin })) {
  const { file, folder, env } = JSON.parse(line);
  const outcome = { exitCode: 0, stdout: '', stderr: '' };
  const { write } = process.stdout;
  process.chdir(folder);
  process.env = env;
  process.stdout.write = (text) => {
    outcome.stdout += text;
    return true;
  };
  try {
    await import(pathToFileURL(file));
  } catch (error) {
    outcome.exitCode = 1;
    outcome.stderr = String(error);
  }
  process.stdout.write = write;
  console.log(JSON.stringify(outcome));
}
`;

/** Debian's Python and Ruby, as its packages are installed for those. */
const commands = {
  boto3: ['/usr/bin/python3', '-c', python, 'boto3', 'boto3.s3.inject', 'botocore.signers'],
  requests: ['/usr/bin/python3', '-c', python, 'requests'],
  awsCli: ['/usr/bin/python3', '-c', python, 'awscli.clidriver', 'awscli.handlers'],
  ruby: ['/usr/bin/ruby', '-e', ruby],
  node: [process.execPath, '--input-type=module', '-e', node],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type InterpreterId = keyof typeof commands;

/** After this time the interpreter is killed together with its program. */
const limitMs = 60_000;

/** Runs one program after the other. */
class Interpreter {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string, undefined>;

  constructor([program, ...args]: readonly [string, ...string[]]) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async run(program: Program): Promise<Outcome> {
    this.#child.stdin.write(`${JSON.stringify({ args: [], ...program, env: process.env })}\n`);
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    const answer: IteratorResult<string, undefined> = await this.#answers.next();
    clearTimeout(limit);
    if (answer.done === true) throw new Error('The interpreter has ended; what it said is above.');
    return JSON.parse(answer.value) as Outcome;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin.end();
    await ended;
  }
}

const started = new Map<InterpreterId, Interpreter>();

/** Runs a program in an interpreter that is started once and has loaded the imports of all programs. */
export function interpret(id: InterpreterId, program: Program): Promise<Outcome> {
  const interpreter = started.get(id) ?? new Interpreter(commands[id]);
  started.set(id, interpreter);
  return interpreter.run(program);
}

/** Call this at the end of a test file. */
export async function endInterpreters(): Promise<void> {
  const all = [...started.values()];
  started.clear();
  await Promise.all(all.map((interpreter) => interpreter.end()));
}
