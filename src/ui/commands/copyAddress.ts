import { env, l10n, window } from 'vscode';
import { objectUrl } from '../../core/links/sign.js';
import { keyName } from '../../core/storage/keys.js';
import { formatArn, formatS3Uri, type Location } from '../../core/storage/location.js';
import type { App } from '../app.js';
import { bucketStep, emptyDraft, keyStep } from '../links/linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { rowLocation, rowsOf } from '../rows.js';

/** How a row is written on the clipboard. */
const writers = {
  s3Uri: (_app: App, location: Location) => Promise.resolve(formatS3Uri(location)),
  key: (_app: App, location: Location) => Promise.resolve(location.key),
  name: (_app: App, { bucket, key }: Location) =>
    Promise.resolve(key === '' ? bucket : keyName(key).replace(/(.)\/$/, '$1')),
  arn: async (app: App, location: Location) => {
    const connection = await app.session.connection();
    return formatArn(location, await connection.regionOf(location.bucket));
  },
  objectUrl: async (app: App, location: Location) => objectUrl(await app.session.connection(), location),
} as const;

/** Copies the address of every selected row, one per line; asks for bucket and key where no row is given. */
export async function copyAddress(
  app: App,
  { as, args }: { readonly as: keyof typeof writers; readonly args: readonly unknown[] },
): Promise<void> {
  const needsKey = as === 'key' || as === 'objectUrl';
  const rows = rowsOf(app, args).filter(
    (row) => !needsKey || row.kind === 'object' || (as === 'key' && row.kind === 'folder'),
  );
  const locations = rows.length > 0 ? rows.map(rowLocation) : await askLocation(app);
  if (locations === undefined) return;
  const lines = await Promise.all(locations.map((location) => writers[as](app, location)));
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(
    lines.length === 1 ? l10n.t('Copied') : l10n.t('{0} lines copied', lines.length),
    3000,
  );
}

async function askLocation(app: App): Promise<readonly Location[] | undefined> {
  await app.session.prepare();
  const draft = await runSteps({
    title: l10n.t('Copy Address'),
    initial: emptyDraft(app, 'get'),
    steps: [bucketStep(app), keyStep(app)],
  });
  return draft === undefined ? undefined : [{ bucket: draft.bucket, key: draft.key }];
}
