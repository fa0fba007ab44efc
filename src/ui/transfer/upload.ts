import { commands, env } from 'vscode';
import { formatSource } from '../../core/connection/source.js';
import { isAccessDenied } from '../../core/errors.js';
import { formatAge, formatBytes } from '../../core/formatEntry.js';
import type { LinkKindId } from '../../core/links/kinds.js';
import { signLink } from '../../core/links/sign.js';
import { MessageError } from '../../core/message.js';
import type { ObjectEntry } from '../../core/storage/listing.js';
import { parentPrefix } from '../../core/storage/keys.js';
import type { Location } from '../../core/storage/location.js';
import { getObjectEntry } from '../../core/storage/objects.js';
import { contentTypeOf } from '../../core/transfer/contentType.js';
import { bodySizeBytes, type UploadBody } from '../../core/transfer/uploadBody.js';
import { uploadThroughLink } from '../../core/transfer/uploadThroughLink.js';
import type { App } from '../app.js';
import { withLateProgress } from '../messages/lateProgress.js';
import { shownUri } from '../links/deliverLink.js';
import { chooseBytes, type UploadSource } from './uploadSource.js';
import { commandIds } from '../ids.js';
import { withTransferProgress } from './progress.js';
import { run } from '../run.js';
import { showUploaded } from '../tree/showUploaded.js';
import { timeLimits } from '../settings.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/door.js';
import { type Shown } from '../messages/shown.js';

/** Long enough for the upload to begin; S3 looks at the clock only then. */
const uploadLinkSeconds = 900;

/** Asks what has to be asked, signs a PUT link for the object and sends the source through it. */
export async function uploadTo(app: App, source: UploadSource, { bucket, key }: Location): Promise<void> {
  const location = { bucket, key };
  const step = async () => {
    const read = await chooseBytes(source);
    if (read === undefined) return;
    const kind = await confirmKind(app, location);
    if (kind !== undefined) await send(app, { source, location, kind, read });
  };
  // Also where another profile was selected while the bytes went: Retry is not for that one.
  await retryableStep(app.session.bound(step));
}

interface Sending {
  readonly source: UploadSource;
  readonly location: Location;
  readonly kind: LinkKindId;
  readonly read: () => Promise<UploadBody>;
}

async function send(app: App, { source, location, kind, read }: Sending): Promise<void> {
  const connection = await app.session.connection();
  const contentType = contentTypeOf(source.name.includes('.') ? source.name : location.key);
  const { bucket, key } = location;
  const request = { bucket, key, kind, contentType, expiresInSeconds: uploadLinkSeconds };
  const link = await withLateProgress({ title: l10n.t('Making a link'), connection }, (signal) =>
    signLink(connection, request, { signal }),
  );
  // Measured as late as can be: it may have changed while questions were asked.
  const body = await read();
  const title = l10n.t('Uploading {0}', source.name);
  const { etag } = await withTransferProgress({ title, totalBytes: bodySizeBytes(body) }, (options) =>
    uploadThroughLink(link, body, {
      ...options,
      ca: connection.ca,
      retryLimits: connection.retryLimits,
      timeLimits: timeLimits(),
      userAgent: `signpost/${app.version}`,
    }),
  );
  // Whose upload it was: another profile may have been selected while the bytes went.
  await finish(app, { location, body, etag, sourceId: formatSource(connection.source) });
}

class ObjectExistsError extends MessageError {
  override readonly name = 'ObjectExistsError';
  constructor() {
    super({ text: 'The object already exists, nothing was changed.' });
  }
}

/** How to sign the upload: an existing object is replaced only after a yes. `undefined` means no. */
async function confirmKind(app: App, location: Location): Promise<LinkKindId | undefined> {
  const existing = await existingObject(app, location);
  if (existing === 'none') return 'put';
  const replace = existing === 'unknown' ? l10n.t('Upload') : l10n.t('Replace');
  const createOnly = l10n.t('Create Only');
  const question =
    existing === 'unknown'
      ? l10n.t('{0} may exist: this profile may not look.', shownUri(location))
      : existing.question;
  const detail = l10n.t('"Create Only" uploads nothing if the object exists.');
  const choice = await window.showWarningMessage(question, { modal: true, detail }, replace, createOnly);
  if (choice === undefined) return undefined;
  if (choice !== createOnly) return 'put';
  // Asked to keep what was seen to be there, a store that ignores If-None-Match would replace it.
  if (existing !== 'unknown') throw new ObjectExistsError();
  return 'putCreateOnly';
}

async function existingObject(
  app: App,
  location: Location,
): Promise<'none' | 'unknown' | { readonly question: Shown }> {
  try {
    const connection = await app.session.connection();
    const title = l10n.t('Looking at {0}', shownUri(location));
    const entry = await withLateProgress({ title, connection }, (signal) =>
      getObjectEntry(connection, location, signal),
    );
    if (entry === undefined) return 'none';
    return { question: replaceQuestion(location, entry) };
  } catch (error) {
    // Writing may be allowed where reading is not.
    if (isAccessDenied(error)) return 'unknown';
    throw error;
  }
}

function replaceQuestion(location: Location, { sizeBytes, lastModified }: ObjectEntry): Shown {
  const facts = [shownUri(location), formatBytes(sizeBytes, env.language)];
  if (lastModified === undefined) return l10n.t('{0} exists: {1}. Replace it?', ...facts);
  const date = lastModified.toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const age = formatAge(lastModified, { now: new Date(), locale: env.language });
  return l10n.t('{0} exists: {1}, {2} ({3}). Replace it?', ...facts, date, age);
}

interface Uploaded {
  readonly location: Location;
  readonly body: UploadBody;
  readonly etag: string | undefined;
  readonly sourceId: string;
}

async function finish(app: App, { location, body, etag, sourceId }: Uploaded): Promise<void> {
  const { bucket, key } = location;
  const sizeBytes = bodySizeBytes(body);
  const entry = { key, sizeBytes, lastModified: new Date(), etag, storageClass: undefined };
  await app.memory.addDestination(sourceId, { bucket, prefix: parentPrefix(key) });
  app.log.info(`uploaded ${sizeBytes} bytes`);
  void offerLink(app, { bucket, entry, sourceId });
  if (sourceId === app.session.sourceId) await showUploaded(app, { bucket, entry });
}

async function offerLink(
  app: App,
  {
    bucket,
    entry,
    sourceId,
  }: { readonly bucket: string; readonly entry: ObjectEntry; readonly sourceId: string },
): Promise<void> {
  const copyGet = l10n.t('Copy Presigned GET URL...');
  const size = formatBytes(entry.sizeBytes, env.language);
  const sentence = l10n.t('Uploaded to {0} ({1}).', shownUri({ bucket, key: entry.key }), size);
  const row = { kind: 'object', bucket, prefix: parentPrefix(entry.key), entry };
  const copy = app.session.bound(async () => {
    await commands.executeCommand(commandIds.copyGetLink, row);
  }, sourceId);
  if ((await window.showInformationMessage(sentence, copyGet)) !== copyGet) return;
  await run(app, { id: commandIds.uploadActiveFile, body: copy });
}
