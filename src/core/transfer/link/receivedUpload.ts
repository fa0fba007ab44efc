import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ParsedForm, ParsedLink, ParsedUrl } from '../../links/parse/parsedLink.js';
import { allowedSizes, isAllowedValue } from '../../links/parse/parsePolicy.js';
import { fileNameVariable } from '../../links/postPolicy.js';
import { maxKeyBytes } from '../../storage/keys.js';
import { contentTypeOf } from './contentType.js';
import { makeForm } from './formBody.js';
import { fitsPrompt, sentValuesOf } from './sentValues.js';
import {
  assertNotExpired,
  unexpectedFieldOf,
  unexpectedUseOf,
  unknownNamesOf,
  refuse,
} from './receivedLink.js';
import { bodySizeBytes, openBody, type UploadBody, type UploadContent } from './uploadBody.js';
import type { UploadLink } from './sendUpload.js';
import { nameList } from '../../text/nameList.js';

/** A value that has to be sent but is not part of the link. */
export interface RequiredValue {
  /** Of the header or the field, as it is sent. */
  readonly name: string;
  readonly suggestion: string;
}

/** What has to be known before a received link can accept an upload. */
export interface UploadPlan {
  readonly link: ParsedLink;
  /** The key under which the file is stored. */
  readonly key: string;
  readonly fileName: string;
  readonly requiredValues: readonly RequiredValue[];
  /**
   * What is sent in addition to the requested values. Header names are in lower case, field names as they
   * are.
   */
  readonly sends: Readonly<Record<string, string>>;
  /** Headers that are computed from the content. */
  readonly digests: readonly DigestHeader[];
  /** Allowed sizes, both ends included, if the link says. */
  readonly sizes: { readonly minBytes: number; readonly maxBytes: number } | undefined;
  /** Whether the link may be for something other than uploads; only the signer knows. */
  readonly isUnsure: boolean;
  /** Parameters and headers of the link that may change what the upload does. Fields of a form are in `sends`. */
  readonly unknownNames: readonly string[];
}

/**
 * Finds out what an upload through the link needs.
 * @throws UnusableLinkError with the reason: not for an upload, expired, unknown header values, or too many headers
 */
export function planUpload(
  link: ParsedLink,
  { now, fileName }: { readonly now: Date; readonly fileName: string },
): UploadPlan {
  if (link.kind === 'url') assertUpload(link);
  assertNotExpired(link, now);
  const plan = link.kind === 'url' ? planPut(link, fileName) : planForm(link, fileName);
  const suggested = Object.fromEntries(plan.requiredValues.map(({ name, suggestion }) => [name, suggestion]));
  const { bucket, alternative } = link;
  const place = [bucket, plan.key, alternative?.bucket ?? '', alternative?.key ?? ''];
  if (!fitsPrompt(sentValuesOf(link, { ...plan.sends, ...suggested }), place))
    refuse({
      text: 'This link requires more headers or fields than Signpost can show. Nothing was sent. Ask for another link.',
    });
  return plan;
}

function assertUpload(link: ParsedUrl): void {
  if (!link.methods.includes('PUT'))
    refuse({
      text: 'This link is for {0}, not for an upload (PUT). Nothing was sent. Ask for an upload link.',
      args: [link.methods.join(', ')],
    });
  if (link.key === '') refuse({ text: 'This link is not for uploading a whole object. Nothing was sent.' });
  refuseUnexpected(unexpectedUseOf(link, ['PutObject']));
}

function refuseUnexpected(name: string | undefined): void {
  if (name !== undefined)
    refuse({
      text: 'This link is not for uploading a whole object ({0}). Nothing was sent.',
      args: [nameList([name])],
    });
}

const digests = { 'x-amz-checksum-sha256': 'sha256', 'content-md5': 'md5' } as const;
type DigestHeader = keyof typeof digests;

function isDigest(name: string): name is DigestHeader {
  return Object.hasOwn(digests, name);
}

const askable =
  /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+|x-amz-storage-class|x-amz-server-side-encryption(?:-aws-kms-key-id)?|x-amz-acl|x-amz-tagging|x-amz-expected-bucket-owner|x-amz-request-payer)$/;

const keyIdHeader = 'x-amz-server-side-encryption-aws-kms-key-id';

const defaultValues: Readonly<Record<string, string>> = {
  'x-amz-storage-class': 'STANDARD',
  'x-amz-request-payer': 'requester',
};

function planPut(link: ParsedUrl, fileName: string): UploadPlan {
  // Every client sends these two itself.
  const given = Object.entries(link.headers).filter(([name]) => !/^(?:content-length|host)$/.test(name));
  const sends: Record<string, string> = Object.fromEntries(given);
  const missing = link.signedHeaders.filter(
    (name) => !Object.hasOwn(sends, name) && name !== 'content-length',
  );
  const open = missing.filter((name) => name !== 'if-none-match' && !isDigest(name));
  const unknown = open.filter((name) => !askable.test(name));
  if (unknown.length > 0)
    refuse({
      text: 'This link requires headers whose values are unknown ({0}). Nothing was sent. Ask for a link without them.',
      args: [nameList(unknown)],
    });
  const contentType = contentTypeOf(fileName.includes('.') ? fileName : link.key);
  const suggestions: Readonly<Record<string, string | undefined>> = {
    ...defaultValues,
    'content-type': contentType,
    'x-amz-server-side-encryption': link.signedHeaders.includes(keyIdHeader) ? 'aws:kms' : 'AES256',
  };
  // S3 accepts no other value.
  if (missing.includes('if-none-match')) sends['if-none-match'] = '*';
  // S3 accepts a type that was not signed; version 2 signs whatever type is sent.
  if (link.signature !== 'v2' && !open.includes('content-type')) sends['content-type'] ??= contentType;
  return {
    link,
    key: link.key,
    fileName,
    requiredValues: open.map((name) => ({ name, suggestion: suggestions[name] ?? '' })),
    sends,
    digests: missing.filter(isDigest),
    sizes: undefined,
    isUnsure: link.methods.length > 1,
    unknownNames: unknownNamesOf(link),
  };
}

function planForm(link: ParsedForm, fileName: string): UploadPlan {
  const unfinished = unfinishedTypes(link);
  const fields = new Map(Object.entries(link.fields).filter(([name]) => !unfinished.includes(name)));
  const handled = new Set(['bucket', ...[...fields.keys()].map((name) => name.toLowerCase())]);
  const requiredValues: RequiredValue[] = [];
  for (const condition of link.conditions) {
    if (condition.kind !== 'equals' && condition.kind !== 'startsWith') continue;
    const { field, value } = condition;
    if (handled.has(field.toLowerCase())) continue;
    handled.add(field.toLowerCase());
    if (condition.kind === 'equals') fields.set(field, value);
    else if (/^key$/i.test(field)) fields.set(field, value + fileNameVariable);
    else requiredValues.push({ name: field, suggestion: suggestionFor(condition, fileName) });
  }
  refuseUnexpected(unexpectedFieldOf([...fields.keys(), ...requiredValues.map(({ name }) => name)]));
  const key = keyOf(fields, fileName);
  resolveKey(fields, { key, fileName, conditions: link.conditions });
  return {
    link,
    key,
    fileName,
    requiredValues,
    sends: Object.fromEntries(fields),
    digests: [],
    sizes: allowedSizes(link.conditions),
    isUnsure: false,
    unknownNames: [],
  };
}

function keyField(fields: ReadonlyMap<string, string>): readonly [name: string, pattern: string] {
  return [...fields].find(([name]) => name.toLowerCase() === 'key') ?? ['key', ''];
}

/**
 * Sends the key that is shown if the policy allows that. Servers differ in what they put into a key: S3 uses
 * what follows the last slash or backslash of the file's name. Source: Amazon S3 API Reference, "POST
 * Object", `key`.
 */
function resolveKey(
  fields: Map<string, string>,
  { key, fileName, conditions }: Pick<ParsedForm, 'key' | 'conditions'> & { readonly fileName: string },
): void {
  const [name, pattern] = keyField(fields);
  const times = pattern.split(fileNameVariable).length - 1;
  if (times === 0) return;
  // Servers would insert the name into such a key again.
  const holdsVariable = key.includes(fileNameVariable);
  if (!holdsVariable && isAllowedValue(conditions, { field: 'key', value: key })) fields.set(name, key);
  else if (holdsVariable || times > 1 || /["\\/\p{Cc}]/u.test(fileName))
    refuse({
      text: 'This form puts the file name into the key, and servers differ in how they do that. Nothing was sent. Rename the file or ask for another form.',
    });
}

function keyOf(fields: ReadonlyMap<string, string>, fileName: string): string {
  const [, pattern] = keyField(fields);
  if (pattern === '')
    return refuse({ text: 'This form does not name a key. Nothing was sent. Copy the whole form.' });
  const key = pattern.replaceAll(fileNameVariable, () => fileName);
  if (!key.isWellFormed())
    return refuse({
      text: 'The file name has an invalid character. Nothing was sent. Rename the file.',
    });
  const bytes = Buffer.byteLength(key);
  if (bytes > maxKeyBytes)
    return refuse({
      text: 'With this file name, the key is {0} bytes long; S3 allows {1}. Nothing was sent. Choose a shorter name.',
      args: [bytes, maxKeyBytes],
    });
  return key;
}

/** A page may contain only the prefix of a type, for its visitor or its script to complete. */
function unfinishedTypes({ fields, conditions }: ParsedForm): readonly string[] {
  const beginnings = conditions.flatMap((condition) =>
    condition.kind === 'startsWith' && /^content-type$/i.test(condition.field) ? [condition.value] : [],
  );
  const isWhole = (type: string) => /^[^/]+\/[^/]*[^/.+-]$/.test(type);
  return Object.entries(fields)
    .filter(([name, value]) => /^content-type$/i.test(name) && beginnings.includes(value) && !isWhole(value))
    .map(([name]) => name);
}

function suggestionFor(
  { field, value }: { readonly field: string; readonly value: string },
  fileName: string,
): string {
  if (!/^content-type$/i.test(field)) return value;
  const type = contentTypeOf(fileName);
  return type.startsWith(value) ? type : value;
}

/** Whether a requested value can be sent: a header takes visible ASCII, a field what its condition allows. */
export function isUsableValue({ link }: UploadPlan, { name }: RequiredValue, value: string): boolean {
  if (link.kind === 'url') return /^[\x21-\x7e]+(?: +[\x21-\x7e]+)*$/.test(value);
  return link.conditions.every(
    (condition) =>
      condition.kind !== 'startsWith' ||
      condition.field.toLowerCase() !== name.toLowerCase() ||
      value.startsWith(condition.value),
  );
}

interface Completion {
  /** By the requested names. */
  readonly values: Readonly<Record<string, string>>;
  readonly content: UploadContent;
  readonly signal: AbortSignal;
}

/**
 * The request that results from the plan.
 * @throws UnusableLinkError if the form does not allow the size of the content; FileChangedError
 */
export async function completeUpload(
  plan: UploadPlan,
  { values, content, signal }: Completion,
): Promise<{ readonly link: UploadLink; readonly body: UploadBody }> {
  assertSize(plan, bodySizeBytes(content));
  const { link, fileName } = plan;
  const sends = { ...plan.sends, ...values };
  if (link.kind === 'form') {
    const { contentType, body } = makeForm({ fields: sends, content, fileName });
    const headers = { 'content-type': contentType };
    return { link: { method: 'POST', url: link.url, headers, fields: sends }, body };
  }
  const computed: Record<string, string> = {};
  for (const name of plan.digests) computed[name] = await digestOf(content, { name, signal });
  return { link: { method: 'PUT', url: link.url, headers: { ...sends, ...computed } }, body: content };
}

function assertSize({ sizes }: UploadPlan, sizeBytes: number): void {
  if (sizes === undefined || (sizeBytes >= sizes.minBytes && sizeBytes <= sizes.maxBytes)) return;
  refuse({
    text: 'The file is {0} bytes, but the form accepts {1} to {2}. Nothing was sent. Choose another file.',
    args: [sizeBytes, sizes.minBytes, sizes.maxBytes],
  });
}

async function digestOf(
  content: UploadContent,
  { name, signal }: { readonly name: DigestHeader; readonly signal: AbortSignal },
): Promise<string> {
  const hash = createHash(digests[name]);
  await pipeline(openBody(content), hash, { signal });
  return hash.digest('base64');
}
