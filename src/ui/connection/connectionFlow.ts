import { randomUUID } from 'node:crypto';
import {
  connectStored,
  type ConnectionKeys,
  type StoredConnection,
} from '../../core/connection/storedConnection.js';
import { isCancelled } from '../../core/async/cancelled.js';
import { isDeniedByStore } from '../../core/failures/explain.js';
import { listBucketPage } from '../../core/storage/buckets.js';
import type { ConnectionApp } from '../app.js';
import {
  accessKeyStep,
  addressingStep,
  endpointStep,
  keepsKeys,
  nameStep,
  storeStep,
  regionStep,
  secretKeyStep,
  tokenStep,
  type ConnectionDraft,
} from './connectionSteps.js';
import { logAndExplain } from '../messages/logAndExplain.js';
import { showMessage } from '../messages/showMessage.js';
import { runSteps } from '../prompts/steps.js';
import { withProgress } from '../progress.js';
import { timeLimits } from '../settings.js';
import { editorOptions } from './openConnection.js';
import { l10n, window } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/** A connection that is being edited; absent for one that is being added. */
export interface EditedConnection {
  readonly connection: StoredConnection;
  readonly keys: ConnectionKeys | undefined;
}

/** How one request to the store went. */
type Outcome = 'reached' | 'mayNotList' | 'cancelled' | { readonly failure: SafeText };

/** Asks for a connection, tries it with one request and saves it. Esc saves nothing. */
export async function askConnection(
  app: ConnectionApp,
  edited?: EditedConnection,
): Promise<StoredConnection | undefined> {
  const questions = [
    endpointStep(app),
    regionStep,
    accessKeyStep,
    secretKeyStep,
    tokenStep,
    addressingStep,
    nameStep(app, edited?.connection.name),
  ];
  const title =
    edited === undefined ? l10n.t('Add Connection') : l10n.t('Edit Connection {0}', edited.connection.name);
  const steps = edited === undefined ? [storeStep, ...questions] : questions;
  let initial = firstDraft(edited);
  for (let start = 0; ; start = edited === undefined ? 1 : 0) {
    const draft = await runSteps({ title, initial, steps, start });
    if (draft === undefined) return undefined;
    const connection = connectionOf(draft, edited);
    const keys = keysOf(draft);
    const outcome = await tryConnection(app, connection, keys);
    const next = await askNext(outcome, connection);
    if (next === undefined) return undefined;
    if (next === 'save') {
      await app.connections.save(connection, keys);
      if (outcome === 'mayNotList') void notifySaved(connection);
      return connection;
    }
    initial = draft;
  }
}

function firstDraft(edited: EditedConnection | undefined): ConnectionDraft {
  return {
    store: edited === undefined ? 'minio' : 'other',
    name: '',
    endpoint: '',
    region: '',
    addressing: 'auto',
    ...edited?.connection,
    accessKeyId: edited?.keys?.accessKeyId ?? '',
    secretAccessKey: '',
    sessionToken: '',
    storedKeys: edited?.keys,
  };
}

function connectionOf(draft: ConnectionDraft, edited: EditedConnection | undefined): StoredConnection {
  const { name, endpoint, region, addressing: style } = draft;
  return { id: edited?.connection.id ?? randomUUID(), name, endpoint, region, addressing: style };
}

/** Keys are replaced as a set: a different secret also discards the stored token. */
function keysOf(draft: ConnectionDraft): ConnectionKeys {
  const sessionToken = draft.sessionToken === '' ? undefined : draft.sessionToken;
  if (draft.storedKeys !== undefined && keepsKeys(draft)) {
    return { ...draft.storedKeys, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  return { accessKeyId: draft.accessKeyId, secretAccessKey: draft.secretAccessKey, sessionToken };
}

function tryConnection(
  app: ConnectionApp,
  stored: StoredConnection,
  keys: ConnectionKeys,
): Thenable<Outcome> {
  const title = l10n.t('Testing {0}', new URL(stored.endpoint).host);
  return withProgress({ title, work: (_report, signal) => listOnce(app, { stored, keys, signal }) });
}

async function listOnce(
  app: ConnectionApp,
  {
    stored,
    keys,
    signal,
  }: { readonly stored: StoredConnection; readonly keys: ConnectionKeys; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { version } = app;
  const options = { env: process.env, version, timeLimits, ...editorOptions(), keys };
  try {
    const connection = await connectStored(stored, options);
    await listBucketPage(connection, { signal }).finally(() => {
      connection.dispose();
    });
    return 'reached';
  } catch (error) {
    if (isCancelled(error)) return 'cancelled';
    if (isDeniedByStore(error)) return 'mayNotList';
    const { message } = logAndExplain(app.log, { what: 'testing a connection', error, usesConnection: true });
    return { failure: showMessage(message) };
  }
}

/** Saves at once if the store answered, and asks if it did not. `undefined` means Esc. */
async function askNext(outcome: Outcome, { name }: StoredConnection): Promise<'save' | 'change' | undefined> {
  if (outcome === 'cancelled') return 'change';
  if (outcome === 'reached' || outcome === 'mayNotList') return 'save';
  const save = l10n.t('Save Anyway');
  const change = l10n.t('Edit...');
  const question = l10n.t('Connection "{0}" does not work yet.', name);
  const detail = outcome.failure;
  const choice = await window.showWarningMessage(question, { modal: true, detail }, change, save);
  if (choice === undefined) return undefined;
  return choice === save ? 'save' : 'change';
}

async function notifySaved({ name }: StoredConnection): Promise<void> {
  await window.showInformationMessage(
    l10n.t(
      'Saved connection "{0}". Its keys do not have permission to list buckets. Add buckets by name.',
      name,
    ),
  );
}
