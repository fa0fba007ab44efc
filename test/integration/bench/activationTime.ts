import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extensions, Uri, type Disposable, type Extension, type ExtensionContext } from 'vscode';
import { median } from '../../support/median.js';

const rounds = 22;
const warmUpRounds = 2;

interface Activating {
  activate(context: ExtensionContext): unknown;
}

/** Milliseconds to load an extension and to activate it. */
interface Times {
  readonly load: number;
  readonly activate: number;
}

/** The cost of loading and activating Signpost in this host, compared with an extension that does nothing. */
export async function measureActivation(): Promise<readonly string[]> {
  const extension = extensions.getExtension('signpost.signpost');
  if (extension === undefined) throw new Error('Signpost is not in this host.');
  const folder = await mkdtemp(join(tmpdir(), 'signpost-activation-'));
  try {
    const measured: { empty: Times; signpost: Times }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // A module is loaded once, so each round needs its own copies. Both are timed in the same round, so
      // that other load on the machine slows both.
      const [empty, signpost] = [join(folder, `empty-${round}`), join(folder, `signpost-${round}`)];
      await cp(join(extension.extensionPath, 'dist'), signpost, { recursive: true });
      await cp(join(extension.extensionPath, 'package.json'), join(signpost, 'package.json'));
      await writeEmptyExtension(empty);
      const times = { empty: await time(empty, extension), signpost: await time(signpost, extension) };
      if (round >= warmUpRounds) measured.push(times);
    }
    return describe(measured);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeEmptyExtension(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'extension.js'), 'export function activate() {}\n');
}

async function time(folder: string, extension: Extension<unknown>): Promise<Times> {
  const { context, dispose } = stubContext(extension);
  const start = performance.now();
  const module = (await import(pathToFileURL(join(folder, 'extension.js')).href)) as Activating;
  const loaded = performance.now();
  module.activate(context);
  const activated = performance.now();
  dispose();
  return { load: loaded - start, activate: activated - loaded };
}

/** The parts of a context that `activate` uses. */
function stubContext(extension: Extension<unknown>): { context: ExtensionContext; dispose: () => void } {
  const subscriptions: Disposable[] = [];
  const memento = {
    get: () => undefined,
    keys: () => [],
    update: () => Promise.resolve(),
    setKeysForSync: () => undefined,
  };
  const stop = { dispose: () => undefined };
  const context = {
    subscriptions,
    extension,
    globalState: memento,
    workspaceState: memento,
    secrets: { get: () => Promise.resolve(undefined), onDidChange: () => stop },
    extensionUri: extension.extensionUri,
    globalStorageUri: Uri.file(tmpdir()),
  };
  return {
    context: context as unknown as ExtensionContext,
    dispose: () => {
      for (const subscription of subscriptions.reverse()) subscription.dispose();
    },
  };
}

function describe(measured: readonly { empty: Times; signpost: Times }[]): readonly string[] {
  const whole = ({ load, activate }: Times) => load + activate;
  const ratio = median(measured.map(({ empty, signpost }) => whole(signpost) / whole(empty)));
  const ms = (of: (times: { empty: Times; signpost: Times }) => number) =>
    median(measured.map(of)).toFixed(2);
  return [
    `activation, loading included: Signpost / empty extension = ${ratio.toFixed(1)}`,
    `Signpost: load ${ms(({ signpost }) => signpost.load)} ms, activate ${ms(({ signpost }) => signpost.activate)} ms; ` +
      `empty extension: load ${ms(({ empty }) => empty.load)} ms, activate ${ms(({ empty }) => empty.activate)} ms`,
  ];
}
