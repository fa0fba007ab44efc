import { QuickPickItemKind } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import { formatSource } from '../../core/connection/profiles/source.js';
import { parseAddress, type AddressOptions } from '../../core/storage/address.js';
import { formatS3Uri, isBucketName, type Location } from '../../core/storage/location.js';
import { EndlessBucketsError, listBuckets, type Bucket } from '../../core/storage/buckets.js';
import { showMessage } from '../messages/showMessage.js';
import { logAndExplain } from '../messages/logAndExplain.js';
import type { SigningApp } from '../app.js';
import { replaceItems, setUpInput, showPicker } from './inputs.js';
import type { Back, StepPlace } from './steps.js';
import { l10n, window, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, withIcon, type SafeText } from '../messages/safeText.js';

export interface PickBucketOptions {
  readonly app: Pick<SigningApp, 'session' | 'memory' | 'log'>;
  /** Whether buckets and folders used before come first. */
  readonly recent: boolean;
  readonly placeholder: SafeText;
}

interface BucketItem extends QuickPickItem {
  /** An empty key, or one that ends in a slash, is a folder to put something into. */
  readonly location?: Location;
  /** Represents the text in the box. */
  readonly isTyped?: boolean;
}

/** Asks for a bucket of the connection, one used before, or a typed name or `s3://` address. */
export async function pickBucket(
  place: StepPlace,
  options: PickBucketOptions,
): Promise<Location | Back | undefined> {
  const picker = window.createQuickPick<BucketItem>();
  setUpInput(picker, place);
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.busy = true;
  const closed = new AbortController();
  picker.onDidHide(() => {
    closed.abort();
  });
  let offered: readonly BucketItem[] = [];
  let endpoint: string | undefined;
  // VS Code reports a choice by the item's number, possibly late: an item must never take another one's number.
  const itemsFor = (value: string) => [typedItem(value, { offered, endpoint }) ?? noTypedItem, ...offered];
  picker.onDidChangeValue((value) => {
    picker.items = itemsFor(value);
  });
  const answer = showPicker(picker, (item) =>
    item.isTyped === true ? typedLocation(picker.value, { endpoint }) : item.location,
  );
  offered = await recentItems(options);
  picker.items = itemsFor(picker.value);
  void loadBuckets(options.app, closed.signal).then((loaded) => {
    if (closed.signal.aborted) return;
    offered = [...offered, ...loaded.items];
    endpoint = loaded.endpoint;
    picker.busy = false;
    replaceItems(picker, itemsFor(picker.value));
  });
  return answer;
}

async function recentItems({
  app: { memory, session },
  recent: isWanted,
}: PickBucketOptions): Promise<readonly BucketItem[]> {
  const source = await session.source();
  if (!isWanted || source === undefined) return [];
  const recent = memory.destinations(formatSource(source)).map(({ bucket, prefix }) => ({
    label: safeText(formatS3Uri({ bucket, key: prefix })),
    description: l10n.t('recently used'),
    location: { bucket, key: prefix },
  }));
  return recent.length === 0 ? [] : [...recent, { label: safeText(''), kind: QuickPickItemKind.Separator }];
}

interface LoadedBuckets {
  readonly items: readonly BucketItem[];
  readonly endpoint: string | undefined;
}

/** The listed buckets, and those that the user added to the list. */
async function loadBuckets(app: PickBucketOptions['app'], signal: AbortSignal): Promise<LoadedBuckets> {
  const { session, memory } = app;
  const unlisted = (error: unknown) => (isCancelled(error) ? [] : [unlistedItem(app, error)]);
  try {
    const connection = await session.connection();
    const { endpoint } = connection.settings;
    const added = memory.addedBuckets(formatSource(connection.source));
    const listed = await listBuckets(connection, signal).then(bucketItems, (error: unknown) => [
      ...(error instanceof EndlessBucketsError ? bucketItems(error.buckets) : []),
      ...unlisted(error),
    ]);
    const names = new Set(listed.map(({ location }) => location?.bucket));
    const others = added
      .filter(({ bucket, prefix }) => prefix !== '' || !names.has(bucket))
      .map(({ bucket, prefix }) => ({
        label: safeText(prefix === '' ? bucket : formatS3Uri({ bucket, key: prefix })),
        description: safeText(connection.knownRegion(bucket) ?? ''),
        location: { bucket, key: prefix },
      }));
    return { items: [...others, ...listed], endpoint };
  } catch (error) {
    return { items: unlisted(error), endpoint: undefined };
  }
}

function bucketItems(buckets: readonly Bucket[]): readonly BucketItem[] {
  return buckets.map(({ name, region }) => ({
    label: safeText(name),
    ...(region === undefined ? {} : { description: safeText(region) }),
    location: { bucket: name, key: '' },
  }));
}

/** Users without permission to list buckets can still name one. */
function unlistedItem({ log, session }: PickBucketOptions['app'], error: unknown): BucketItem {
  const { usesConnection } = session;
  return {
    label: withIcon('warning', l10n.t('The buckets cannot be listed. Type a name.')),
    detail: showMessage(logAndExplain(log, { what: 'listing', error, usesConnection }).message),
    alwaysShow: true,
  };
}

/** Holds the typed item's place while there is none; cannot be seen or chosen. */
const noTypedItem: BucketItem = { label: safeText(''), kind: QuickPickItemKind.Separator, isTyped: true };

function typedItem(
  value: string,
  { offered, ...options }: AddressOptions & { readonly offered: readonly BucketItem[] },
): BucketItem | undefined {
  const text = value.trim();
  const isAddress = /^(?:s3|arn|https?):/i.test(text);
  const isOffered = offered.some(({ location }) => location?.bucket === text && location.key === '');
  if (!isAddress && (!isBucketName(text) || isOffered)) return undefined;
  const parsed = parseAddress(text, options);
  const always = { alwaysShow: true, isTyped: true } as const;
  if (!('bucket' in parsed)) return { label: withIcon('error', showMessage(parsed)), ...always };
  return {
    label: isAddress ? l10n.t('Use {0}', formatS3Uri(parsed)) : l10n.t('Use bucket {0}', parsed.bucket),
    ...always,
  };
}

/** Uses the text in the box; the item may be a keystroke behind. */
function typedLocation(value: string, options: AddressOptions): Location | undefined {
  const parsed = parseAddress(value, options);
  return 'bucket' in parsed ? parsed : undefined;
}
