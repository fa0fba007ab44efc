import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The part of esbuild's metafile that lists the inputs of each file in dist/. */
interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** The URLs of all scripts and modules compiled by this process, as the debugger sees them. */
export function loadedUrls(): ReadonlySet<string> {
  const urls = new Set<string>();
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.add(params.url));
  // Enabling the debugger reports every script loaded before, synchronously.
  session.post('Debugger.enable');
  session.disconnect();
  return urls;
}

/** The URLs of the files in dist/ that contain any of the AWS SDK. */
export async function sdkUrls(extensionPath: string): Promise<readonly string[]> {
  const text = await readFile(join(extensionPath, 'out', 'extension.meta.json'), 'utf8');
  const { outputs } = JSON.parse(text) as Metafile;
  return Object.entries(outputs)
    .filter(([, { inputs }]) =>
      Object.keys(inputs).some((input) => /node_modules\/@(aws-sdk|smithy)\//.test(input)),
    )
    .map(([file]) => distUrl(extensionPath, file));
}

export function distUrl(extensionPath: string, file: string): string {
  return pathToFileURL(join(extensionPath, file)).href;
}
