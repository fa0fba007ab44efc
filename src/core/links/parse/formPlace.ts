import { parseAwsHost, parseStoreHost } from '../../connection/stores/hosts.js';
import type { WebAddress } from '../../connection/webAddress.js';
import type { Message } from '../../failures/message.js';
import type { LinkPlace, ParsedForm, PolicyCondition } from './parsedLink.js';
import { isAllowedValue } from './parsePolicy.js';
import type { LinkProblem } from './parseUrl.js';
import { placeOf } from './place.js';

const noBucket: Message = { text: 'This form does not name a bucket.' };
const otherBucket: Message = {
  text: 'The address of this form is for a different bucket than its policy.',
};
const longAddress: Message = {
  text: 'The address of this form has a path or query after the bucket. If the address of the store has a path, select its connection first.',
};

interface FormContext {
  /** By lower-case names. */
  readonly field: ReadonlyMap<string, string>;
  readonly conditions: readonly PolicyCondition[];
  readonly endpoint: string | undefined;
}

type FormPlace = LinkPlace & Pick<ParsedForm, 'policyBucket'>;

/**
 * Where a form uploads to. The URL decides, and a server refuses a form whose policy is for another bucket.
 * The bucket behind an access point or a custom domain is unknown, so no policy contradicts it.
 */
export function formPlace(
  { host, hostname, path, query }: WebAddress,
  { field, conditions, endpoint }: FormContext,
): FormPlace | LinkProblem {
  const place = path === undefined ? undefined : placeOf({ host, hostname, path }, { endpoint });
  if (path === undefined || query !== '' || (place !== undefined && place.key !== ''))
    return { problem: longAddress };
  const key = field.get('key') ?? '';
  const sent = field.get('bucket');
  const named = bucketOf(conditions) ?? sent;
  const agrees = (bucket: string) =>
    isAllowedValue(conditions, { field: 'bucket', value: bucket }) && (sent ?? bucket) === bucket;
  if (named !== undefined && !agrees(named)) return { problem: otherBucket };
  if (place !== undefined && agrees(place.bucket))
    return { ...place, key, alternative: undefined, policyBucket: undefined };
  if (place?.alternative !== undefined && agrees(place.alternative.bucket)) return { problem: longAddress };
  if (place?.addressing === 'accessPoint') return { ...place, key, policyBucket: named };
  if (place === undefined && (named === undefined || isStore(hostname))) return { problem: noBucket };
  if (path !== '' || isStore(hostname)) return { problem: otherBucket };
  if (named === undefined) return { problem: noBucket };
  return { ...customDomain, bucket: named, key, policyBucket: named === hostname ? undefined : named };
}

/** Whether URLs at this host are known to contain the bucket name. */
function isStore(hostname: string): boolean {
  return parseAwsHost(hostname) !== undefined || parseStoreHost(hostname, 'sure') !== undefined;
}

/** The owner of the domain chose the bucket, which only the policy names. */
const customDomain = {
  addressing: 'customDomain',
  isAws: false,
  hostFeatures: [],
  alternative: undefined,
} as const;

function bucketOf(conditions: readonly PolicyCondition[]): string | undefined {
  const equal = conditions.find(
    (condition) => condition.kind === 'equals' && condition.field.toLowerCase() === 'bucket',
  );
  return equal?.kind === 'equals' ? equal.value : undefined;
}
