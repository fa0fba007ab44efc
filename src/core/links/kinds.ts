import type { GetObjectCommandInput } from '@aws-sdk/client-s3';
import { formatAttachment } from './disposition.js';
import type { Exchange } from './exchange.js';
import { operation, type Operation } from './presign.js';
import type { LinkTarget } from './target.js';
import { exactHeaders, exactInput, uploadHeaders, uploadInput, type LinkHeaders } from './uploadHeaders.js';

/** A kind of link. */
interface LinkKind {
  /** How menus name it. */
  readonly label: string;
  /** One line beside the label. */
  readonly detail: string;
  /** Whether its key is that of an object or a prefix. */
  readonly about: 'object' | 'prefix';
  /** Options that it requires. */
  readonly needs: readonly LinkOption[];
  /** Options that it accepts. */
  readonly offers: readonly LinkOption[];
  /** The operation that the link allows; `form` for an upload by POST, which is signed as a policy. */
  readonly signs: 'form' | Operation;
  /** Signed headers, which have to be sent exactly as they are. Names in lower case. */
  readonly headers: (target: LinkTarget) => LinkHeaders;
  /** Shown before it is made, with the object's address for `{0}`. */
  readonly warning?: string;
}

/** Options of a link beyond bucket, key and expiry. */
export type LinkOption =
  | 'shownAs'
  | 'fileName'
  | 'versionId'
  | 'contentType'
  | 'cacheControl'
  | 'metadata'
  | 'storageClass'
  | 'encryption'
  | 'localFile'
  | 'formKey'
  | 'sizeRange'
  | 'formType'
  | 'success';

const uploadOptions = [
  'contentType',
  'cacheControl',
  'metadata',
  'storageClass',
  'encryption',
] as const satisfies readonly LinkOption[];

/** The kinds of link that Signpost makes. A kind is one row here and one row in the table of its test. */
export const linkKinds = {
  get: {
    label: 'Download (GET)',
    detail: 'Anyone with the link can download the object or open it in a browser.',
    about: 'object',
    needs: [],
    offers: ['shownAs'],
    signs: operation('GetObject', openInput),
    headers: noHeaders,
  },
  getAs: {
    label: 'Download as (GET)',
    detail: 'Browsers save the object under the name you choose.',
    about: 'object',
    needs: ['fileName'],
    offers: [],
    signs: operation('GetObject', ({ bucket, key, fileName = '' }) => ({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: formatAttachment(fileName),
    })),
    headers: noHeaders,
  },
  getVersion: {
    label: 'Download this version (GET)',
    detail: 'Anyone with the link can download the version you choose, even if the object changes.',
    about: 'object',
    needs: ['versionId'],
    offers: ['shownAs'],
    signs: operation('GetObject', (target) => ({ ...openInput(target), VersionId: target.versionId })),
    headers: noHeaders,
  },
  put: {
    label: 'Upload (PUT)',
    detail: 'Anyone with the link can upload the object or replace it.',
    about: 'object',
    needs: [],
    offers: uploadOptions,
    signs: operation('PutObject', uploadInput),
    headers: uploadHeaders,
  },
  putCreateOnly: {
    label: 'Upload, create only (PUT)',
    detail: 'Anyone with the link can create the object, but not replace it, if the store supports this.',
    about: 'object',
    needs: [],
    offers: uploadOptions,
    signs: operation('PutObject', (target) => ({ ...uploadInput(target), IfNoneMatch: '*' })),
    headers: (target) => ({ ...uploadHeaders(target), 'if-none-match': '*' }),
  },
  putExact: {
    label: 'Upload exactly this file (PUT)',
    detail: 'Only the file you choose can be uploaded: its size, type, MD5 and SHA-256 are signed.',
    about: 'object',
    needs: ['localFile'],
    offers: uploadOptions,
    signs: operation('PutObject', (target) => ({ ...uploadInput(target), ...exactInput(target) })),
    headers: (target) => ({ ...uploadHeaders(target), ...exactHeaders(target) }),
  },
  post: {
    label: 'Form upload (POST)',
    detail: 'A browser form that can limit the key or folder, the size and the type.',
    about: 'object',
    needs: ['formKey'],
    offers: ['sizeRange', 'formType', 'success'],
    signs: 'form',
    headers: noHeaders,
  },
  head: {
    label: 'View size and type (HEAD)',
    detail: 'Anyone with the link can read the metadata of the object, but not its content.',
    about: 'object',
    needs: [],
    offers: [],
    signs: operation('HeadObject', ({ bucket, key }) => ({ Bucket: bucket, Key: key })),
    headers: noHeaders,
  },
  list: {
    label: 'List a prefix (GET)',
    detail: 'Anyone with the link can list the keys that begin with the prefix, up to 1,000.',
    about: 'prefix',
    needs: [],
    offers: [],
    signs: operation('ListObjectsV2', ({ bucket, key }) => ({ Bucket: bucket, Prefix: key })),
    headers: noHeaders,
  },
  delete: {
    label: 'Delete (DELETE)',
    detail: 'Anyone with the link can delete the object.',
    about: 'object',
    needs: [],
    offers: [],
    signs: operation('DeleteObject', ({ bucket, key }) => ({ Bucket: bucket, Key: key })),
    headers: noHeaders,
    warning: 'Anyone with this link can delete {0}, even if it is created again, until the link expires.',
  },
} as const satisfies Record<string, LinkKind>;

export type LinkKindId = keyof typeof linkKinds;

/** Kinds about one object, whose links differ only in their path and signature. */
export type ObjectKindId = {
  [Id in LinkKindId]: (typeof linkKinds)[Id] extends { about: 'object'; signs: Operation } ? Id : never;
}[LinkKindId];

/** The row of a kind, without the narrow types of the table. */
export function linkKind(id: LinkKindId): LinkKind {
  return linkKinds[id];
}

/** The request that a link of this kind is for, and its response. */
export function exchangeOf(id: LinkKindId): Exchange {
  const { signs } = linkKind(id);
  return signs === 'form' ? formExchange : signs;
}

const formExchange: Exchange = { method: 'POST', sends: 'form', receives: 'nothing' };

function noHeaders(): LinkHeaders {
  return {};
}

function openInput({ bucket, key, contentType, inline }: LinkTarget): GetObjectCommandInput {
  return {
    Bucket: bucket,
    Key: key,
    ResponseContentType: contentType,
    ResponseContentDisposition: inline === true ? 'inline' : undefined,
  };
}
