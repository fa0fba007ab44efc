import type { CredentialsExpiry } from '../../core/connection/credentials/identity.js';
import { localTime } from '../../core/text/format.js';
import { maxExpirySeconds, parseExpiry } from '../../core/links/expiry.js';
import { bucketKind } from '../../core/connection/bucketKind.js';
import { linkKind, type LinkKindId } from '../../core/links/kinds.js';
import type { SigningApp } from '../app.js';
import type { LinkDraft } from './linkDraft.js';
import { askOptions, describeOptions } from './options/optionSteps.js';
import { pickBucket } from '../prompts/bucket.js';
import { pickExpiry } from '../prompts/expiry.js';
import { askKey } from '../prompts/key.js';
import { back, type Step } from '../prompts/steps.js';
import { defaultExpiry } from '../settings.js';
import { l10n } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

export interface BucketStepOptions {
  /** Offers buckets and folders from earlier uploads. */
  readonly recent?: boolean;
  /** Appended to a chosen folder. */
  readonly fileName?: string;
}

/** A draft with nothing but a kind. */
export function emptyDraft(app: SigningApp, kind: LinkKindId): LinkDraft {
  return {
    bucket: '',
    key: '',
    kind,
    expiresInSeconds: preferredSeconds(app),
  };
}

export function bucketStep(
  app: SigningApp,
  { recent = false, fileName = '' }: BucketStepOptions = {},
): Step<LinkDraft> {
  return async (draft, place) => {
    const location = await pickBucket(place, {
      app,
      recent,
      placeholder: recent
        ? l10n.t('Choose a bucket or folder, or type s3://bucket/folder/name')
        : l10n.t('Choose a bucket, or type s3://bucket/key'),
    });
    if (location === undefined || location === back) return location;
    const isFolder = location.key === '' || location.key.endsWith('/');
    const chosenKey = isFolder ? location.key + fileName : location.key;
    // Going back to look at the bucket keeps the key.
    const keepsKey = location.bucket === draft.bucket && location.key === '' && draft.key !== '';
    return { ...draft, bucket: location.bucket, key: keepsKey ? draft.key : chosenKey };
  };
}

/** `orPrefix` also offers prefixes, for the kinds that cover many keys. */
export function keyStep(
  app: SigningApp,
  { orPrefix = false }: { readonly orPrefix?: boolean } = {},
): Step<LinkDraft> {
  return async (draft, place) => {
    const answer = await askKey(place, {
      connection: () => app.session.connection(),
      bucket: draft.bucket,
      value: draft.key,
      placeholder: l10n.t('Object key in {0}', draft.bucket),
      orPrefix,
    });
    return answer === undefined || answer === back ? answer : { ...draft, ...answer };
  };
}

interface ExpiryStepOptions {
  /** Replaces the default question. */
  readonly note?: SafeText | undefined;
  /** Also offers the options of the kind. */
  readonly offersOptions?: boolean;
}

export function expiryStep(app: SigningApp, options: ExpiryStepOptions = {}): Step<LinkDraft> {
  return async (given, place) => {
    const closed = new AbortController();
    try {
      return await askExpiry(app, { ...options, signal: closed.signal })(given, place);
    } finally {
      // A link that is made next requests the same credentials itself.
      closed.abort();
    }
  };
}

function askExpiry(
  app: SigningApp,
  { note, offersOptions = false, signal }: ExpiryStepOptions & { readonly signal: AbortSignal },
): Step<LinkDraft> {
  return async (given, place) => {
    for (let draft = given; ;) {
      const hasOptions = offersOptions && linkKind(draft.kind).offers.length > 0;
      const answer = await pickExpiry(place, {
        preferredSeconds: presetSeconds(draft) ?? preferredSeconds(app),
        credentialsExpiry: signerExpiry(app, draft, signal),
        placeholder: note ?? expiryQuestion(draft),
        options: hasOptions ? describeOptions(draft) : undefined,
      });
      if (answer === undefined || answer === back) return answer;
      if (answer !== 'options') return { ...draft, expiresInSeconds: answer };
      const changed = await askOptions(app, { draft, place });
      if (changed === undefined) return undefined;
      if (changed !== back) draft = changed;
    }
  };
}

function presetSeconds({ preset }: LinkDraft): number | undefined {
  if (preset?.expiry === undefined) return undefined;
  const parsed = parseExpiry(preset.expiry, new Date());
  return 'seconds' in parsed ? parsed.seconds : undefined;
}

/**
 * When the credentials that would sign the longest offered link expire, by this machine's clock. Renews them
 * as for the link itself, unless that would ask the user. In a directory bucket a session signs, and it
 * begins with the link.
 */
async function signerExpiry(
  app: SigningApp,
  { bucket }: LinkDraft,
  signal: AbortSignal,
): Promise<CredentialsExpiry> {
  const connection = await app.session.connection();
  const { clock, needsUserInput } = connection;
  const latestExpiry = new Date(clock.now().getTime() + maxExpirySeconds * 1000);
  const { expiry } = needsUserInput
    ? await connection.identity(signal)
    : await connection.identityUntil(latestExpiry, signal);
  const own =
    expiry.kind === 'at' ? ({ kind: 'at', at: localTime(expiry.at, clock.offsetMs) } as const) : expiry;
  if (bucketKind(bucket).kind !== 'directory') return own;
  const sessionExpiry = new Date(Date.now() + sessionMs);
  return own.kind === 'at' && own.at < sessionExpiry ? own : { kind: 'at', at: sessionExpiry };
}

/** Source: Amazon S3 API Reference, "CreateSession". */
const sessionMs = 5 * 60_000;

/** The last choice, else the setting, else one hour if the setting cannot be read. */
function preferredSeconds(app: SigningApp): number {
  const parsed = parseExpiry(defaultExpiry(), new Date());
  return app.memory.expirySeconds ?? ('seconds' in parsed ? parsed.seconds : 3600);
}

function expiryQuestion({ bucket, key }: LinkDraft): SafeText {
  if (key === '') return l10n.t('Choose how long the link for the whole bucket {0} is valid', bucket);
  return bucketKind(bucket).kind === 'directory'
    ? l10n.t('Choose how long the link to {0} is valid: at most 5 minutes in a directory bucket', key)
    : l10n.t('Choose how long the link to {0} is valid', key);
}
