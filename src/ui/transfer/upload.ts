import { commands, env } from 'vscode';
import { formatSource } from '../../core/connection/profiles/source.js';
import { isAccessDenied } from '../../core/failures/explain.js';
import { formatAge, formatBytes } from '../../core/text/formatEntry.js';
import type { LinkKindId } from '../../core/links/kinds.js';
import { signLink } from '../../core/links/sign.js';
import { MessageError } from '../../core/failures/message.js';
import type { ObjectEntry } from '../../core/storage/listing.js';
import { parentPrefix } from '../../core/storage/keys.js';
import type { Location } from '../../core/storage/location.js';
import { getObjectEntry } from '../../core/storage/objects.js';
import { contentTypeOf } from '../../core/transfer/link/contentType.js';
import { bodySizeBytes, type UploadBody } from '../../core/transfer/link/uploadBody.js';
import { conditionRefusal } from '../../core/transfer/refusals/linkRefusedError.js';
import type { ObjectLookup } from '../../core/transfer/link/storedObject.js';
import type { Uploaded } from '../../core/transfer/link/uploadResponse.js';
import { uploadThroughLink } from '../../core/transfer/link/uploadThroughLink.js';
import type { UploadApp } from '../app.js';
import { withDelayedProgress } from '../messages/delayedProgress.js';
import { safeUri } from '../messages/safeUri.js';
import { chooseBytes, type UploadSource } from './uploadSource.js';
import { commandIds } from '../ids.js';
import { withTransferProgress } from './progress.js';
import { uploadedSentence } from './uploadedSentence.js';
import { run } from '../run.js';
import { timeLimits } from '../settings.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';
import { type SafeText } from '../messages/safeText.js';
import { completeStep } from '../walkthrough.js';

/** Long enough for the upload to begin; S3 checks the time only then. */
const uploadLinkSeconds = 900;

/** Asks the necessary questions, signs a PUT link for the object and sends the source through it. */
export async function uploadTo(
  app: UploadApp,
  source: UploadSource,
  { bucket, key }: Location,
): Promise<void> {
  const location = { bucket, key };
  const step = async () => {
    const read = await chooseBytes(source);
    if (read === undefined) return;
    const method = await chooseUploadMethod(app, location);
    const refused = method && (await send(app, { source, location, method, read }));
    if (refused === undefined) return;
    const again = app.session.bindToSource(async () => {
      const other = await chooseUploadMethod(app, location, refused);
      if (other !== undefined) await send(app, { source, location, method: other, read });
    });
    await again();
  };
  // Even if another profile was selected during the upload: Retry must not use that one.
  await retryableStep(app.session.bindToSource(step));
}

type GuardRefusal = NonNullable<ReturnType<typeof conditionRefusal>>;

/** How an upload is signed, given what exists at its place and what the user answered. */
interface UploadMethod {
  readonly kind: LinkKindId;
  /** Whether this profile may look at the object. */
  readonly canLookUp: boolean;
  /** Whether S3 must refuse the upload if an object appears first, in which case the user is asked. */
  readonly isGuarded: boolean;
}

interface Sending {
  readonly source: UploadSource;
  readonly location: Location;
  readonly method: UploadMethod;
  readonly read: () => Promise<UploadBody>;
}

/** Returns why S3 refused the guard of the upload, if it did, in which case nothing was uploaded. */
async function send(
  app: UploadApp,
  { source, location, method, read }: Sending,
): Promise<GuardRefusal | undefined> {
  const { kind, canLookUp, isGuarded } = method;
  const connection = await app.session.connection();
  const contentType = contentTypeOf(source.name.includes('.') ? source.name : location.key);
  const { bucket, key } = location;
  const request = { bucket, key, kind, contentType, expiresInSeconds: uploadLinkSeconds };
  const link = await withDelayedProgress({ title: l10n.t('Creating a link'), connection }, (signal) =>
    signLink(connection, request, { signal }),
  );
  // As late as possible: it may have changed while the user answered.
  const body = await read();
  const title = l10n.t('Uploading {0}', source.name);
  const lookUp: ObjectLookup = (signal) => getObjectEntry(connection, location, signal);
  try {
    const uploaded = await withTransferProgress({ title, totalBytes: bodySizeBytes(body) }, (options) =>
      uploadThroughLink(link, body, {
        ...options,
        ca: connection.ca,
        retryLimits: connection.retryLimits,
        timeLimits: timeLimits(),
        userAgent: `signpost/${app.version}`,
        lookUp: canLookUp ? lookUp : undefined,
      }),
    );
    // The source of this upload: another profile may have been selected during it.
    await finish(app, { location, body, uploaded, sourceId: formatSource(connection.source) });
    return undefined;
  } catch (error) {
    const refused = isGuarded ? conditionRefusal(error) : undefined;
    if (refused === undefined) throw error;
    return refused;
  }
}

class ObjectExistsError extends MessageError {
  override readonly name = 'ObjectExistsError';
  constructor() {
    super({ text: 'The object already exists. Nothing was changed.' });
  }
}

/**
 * How to sign the upload: an existing object is replaced only after a confirmation. If there is none, S3 must
 * store the upload only if that is still true, which not every store supports. If S3 refused to replace an
 * object, asks the user, even if a look finds nothing. `undefined` means no.
 */
async function chooseUploadMethod(
  app: UploadApp,
  location: Location,
  refused?: GuardRefusal,
): Promise<UploadMethod | undefined> {
  const existing = await existingObject(app, location);
  const canLookUp = existing !== 'unknown';
  const plain: UploadMethod = { kind: 'put', canLookUp, isGuarded: false };
  const createOnly: UploadMethod = { kind: 'putCreateOnly', canLookUp, isGuarded: canLookUp };
  if (existing === 'none' && refused !== 'exists') return refused === undefined ? createOnly : plain;
  const replace = typeof existing === 'string' ? l10n.t('Upload') : l10n.t('Replace');
  const create = l10n.t('Create Only');
  const question = questionAbout(location, existing);
  const detail = l10n.t('"Create Only" uploads the file only if the object does not exist.');
  const choice = await window.showWarningMessage(question, { modal: true, detail }, replace, create);
  if (choice === undefined) return undefined;
  if (choice !== create) return plain;
  // A store that ignores If-None-Match would replace the object that must be kept.
  if (typeof existing !== 'string') throw new ObjectExistsError();
  return createOnly;
}

function questionAbout(location: Location, existing: Existing): SafeText {
  switch (existing) {
    case 'none':
      return l10n.t('{0} already exists, although S3 did not find it before the upload.', safeUri(location));
    case 'unknown':
      return l10n.t('{0} may already exist: you do not have permission to check.', safeUri(location));
    default:
      return existing.question;
  }
}

type Existing = 'none' | 'unknown' | { readonly question: SafeText };

async function existingObject(app: UploadApp, location: Location): Promise<Existing> {
  try {
    const connection = await app.session.connection();
    const title = l10n.t('Checking {0}', safeUri(location));
    const entry = await withDelayedProgress({ title, connection }, (signal) =>
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

function replaceQuestion(location: Location, { sizeBytes, lastModified }: ObjectEntry): SafeText {
  const facts = [safeUri(location), formatBytes(sizeBytes, env.language)];
  if (lastModified === undefined) return l10n.t('{0} already exists: {1}. Replace it?', ...facts);
  const date = lastModified.toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const age = formatAge(lastModified, { now: new Date(), locale: env.language });
  return l10n.t('{0} already exists: {1}, modified {2} ({3}). Replace it?', ...facts, date, age);
}

interface Finished {
  readonly location: Location;
  readonly body: UploadBody;
  readonly uploaded: Uploaded;
  readonly sourceId: string;
}

async function finish(app: UploadApp, { location, body, uploaded, sourceId }: Finished): Promise<void> {
  const { bucket, key } = location;
  const { etag, isConfirmed } = uploaded;
  const sizeBytes = bodySizeBytes(body);
  const entry = { key, sizeBytes, lastModified: new Date(), etag, storageClass: undefined };
  await app.memory.addDestination(sourceId, { bucket, prefix: parentPrefix(key) });
  app.log.info(`uploaded ${sizeBytes} bytes${isConfirmed ? '' : ', not confirmed'}`);
  void offerLink(app, { bucket, entry, sourceId, isConfirmed });
  if (!isConfirmed) return;
  completeStep('uploadFile');
  // Only objects that exist get a row, and an unconfirmed one may not exist.
  app.changes.notify({ sourceId, bucket, added: [entry] });
}

interface LinkOffer {
  readonly bucket: string;
  readonly entry: ObjectEntry;
  readonly sourceId: string;
  readonly isConfirmed: boolean;
}

async function offerLink(app: UploadApp, { bucket, entry, sourceId, isConfirmed }: LinkOffer): Promise<void> {
  const copyGet = l10n.t('Copy Presigned GET URL...');
  const sentence = uploadedSentence({ bucket, key: entry.key }, { sizeBytes: entry.sizeBytes, isConfirmed });
  const row = { kind: 'object', bucket, prefix: parentPrefix(entry.key), entry };
  const copy = app.session.bindToSource(async () => {
    await commands.executeCommand(commandIds.copyPresignedGetUrl, row);
  }, sourceId);
  if ((await window.showInformationMessage(sentence, copyGet)) !== copyGet) return;
  await run(app, { id: commandIds.uploadActiveFile, body: copy });
}
