import { env } from 'vscode';
import type { Connection } from '../../core/connection/connection.js';
import { objectUrl } from '../../core/links/sign.js';
import { keyName } from '../../core/storage/keys.js';
import { formatArn, formatS3Uri, type Location } from '../../core/storage/location.js';
import { hasUnprintable } from '../../core/text/unprintable.js';
import type { RowsApp, SigningApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { withDelayedProgress } from '../messages/delayedProgress.js';
import { bucketStep, emptyDraft, keyStep } from './linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { rowLocation, rowsOf } from '../rows/rows.js';
import { l10n, window } from '../messages/safeVscode.js';

/** Formats that need no request. */
const writers = {
  s3Uri: formatS3Uri,
  key: ({ key }: Location) => key,
  name: ({ bucket, key }: Location) => (key === '' ? bucket : keyName(key).replace(/(.)\/$/, '$1')),
} as const;

/** Formats for which Signpost may have to ask the store. */
const askingWriters = {
  arn: async (location: Location, { connection, signal }: Asking) =>
    formatArn(location, await connection.regionOf(location.bucket, signal)),
  objectUrl: (location: Location, { connection, signal }: Asking) =>
    objectUrl(connection, location, { signal }),
} as const;

interface Asking {
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

type Writing = keyof typeof writers | keyof typeof askingWriters;

/** Copies the address of every selected row, one per line; asks for bucket and key if no row is given. */
export async function copyAddress(
  app: SigningApp & RowsApp,
  { as, args }: { readonly as: Writing; readonly args: readonly unknown[] },
): Promise<void> {
  const needsKey = as === 'key' || as === 'objectUrl';
  const rows = rowsOf(app, args).filter(
    (row) => !needsKey || row.kind === 'object' || (as === 'key' && row.kind === 'folder'),
  );
  const locations = rows.length > 0 ? rows.map(rowLocation) : await askLocation(app);
  if (locations === undefined) return;
  const lines = await writeAll(app, { as, locations });
  await env.clipboard.writeText(lines.join('\n'));
  if (lines.some((line) => hasUnprintable(line))) {
    void window.showWarningMessage(
      l10n.t(
        'Copied text with control or invisible characters. Pasting it into a terminal can run commands.',
      ),
    );
    return;
  }
  window.setStatusBarMessage(
    lines.length === 1 ? l10n.t('Copied') : l10n.t('Copied {0} lines', lines.length),
    3000,
  );
}

async function writeAll(
  app: SigningApp & RowsApp,
  { as, locations }: { readonly as: Writing; readonly locations: readonly Location[] },
): Promise<readonly string[]> {
  if (as !== 'arn' && as !== 'objectUrl') return locations.map(writers[as]);
  const connection = await app.session.connection();
  return withDelayedProgress({ title: l10n.t('Copying the address'), connection }, (signal) =>
    Promise.all(locations.map((location) => askingWriters[as](location, { connection, signal }))),
  );
}

async function askLocation(app: SigningApp & RowsApp): Promise<readonly Location[] | undefined> {
  await prepare(app.session);
  const draft = await runSteps({
    title: l10n.t('Copy Address'),
    initial: emptyDraft(app, 'get'),
    steps: [bucketStep(app), keyStep(app)],
  });
  return draft === undefined ? undefined : [{ bucket: draft.bucket, key: draft.key }];
}
