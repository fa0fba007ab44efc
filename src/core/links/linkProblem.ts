import { bucketKind } from '../connection/bucketKind.js';
import { storeWithout } from '../connection/stores/stores.js';
import { MessageError, type Message } from '../failures/message.js';
import { keyProblem, prefixProblem } from '../storage/keys.js';
import { withoutControlCharacters } from './disposition.js';
import { isHttpName } from './httpNames.js';
import { linkKind, type LinkKindId } from './kinds.js';
import { fileNameVariable, maxFormBytes } from './postPolicy.js';
import type { FormLimits, LinkOptions, LinkTarget } from './target.js';

/** A link that cannot be made as requested. Nothing was signed. */
export class LinkProblemError extends MessageError {
  override readonly name = 'LinkProblemError';
}

/** Why a store or a bucket does not support this kind of link, or undefined if it does. */
export function missingKind(
  id: LinkKindId,
  { endpoint, bucket }: { readonly endpoint: string | undefined; readonly bucket: string },
): Message | undefined {
  if (linkKind(id).signs !== 'form') return undefined;
  const store = storeWithout('form', endpoint);
  if (store !== undefined)
    return { text: '{0} does not support form uploads (POST). Use an upload link (PUT).', args: [store] };
  if (bucketKind(bucket).kind !== 'bucket')
    return { text: 'Form uploads work only with general purpose buckets. Use an upload link (PUT).' };
  return undefined;
}

/** What is wrong with the key, or with the prefix if the kind is about one. */
export function linkKeyProblem(id: LinkKindId, { key, form }: LinkTarget): Message | undefined {
  const { about, signs } = linkKind(id);
  const isPrefix = about === 'prefix' || (signs === 'form' && form?.keyIsPrefix === true);
  return isPrefix ? prefixProblem(key) : keyProblem(key);
}

/** What is wrong with the rest of a target, or undefined. */
export function targetProblem(id: LinkKindId, target: LinkTarget): Message | undefined {
  const isForm = linkKind(id).signs === 'form';
  if (isForm && target.key.includes(fileNameVariable))
    return {
      text: 'S3 would replace ${filename} with the name of the uploaded file. Remove it from the key.',
    };
  return optionProblem(isForm ? target : { ...target, form: undefined }) ?? neededProblem(id, target);
}

/** What is wrong with the options, or undefined. */
export function optionProblem(options: LinkOptions): Message | undefined {
  const { fileName, form } = options;
  if (fileName !== undefined && withoutControlCharacters(fileName) === '') return noFileName;
  return headerProblem(options) ?? metadataProblem(options.metadata) ?? (form && formProblem(options, form));
}

const noFileName: Message = {
  text: 'The file name is empty. Enter the name to save the object as.',
};

function formProblem({ contentType }: LinkOptions, form: FormLimits): Message | undefined {
  const { minBytes = 0, maxBytes = maxFormBytes, successRedirect } = form;
  if (
    !Number.isSafeInteger(minBytes) ||
    minBytes < 0 ||
    !Number.isSafeInteger(maxBytes) ||
    maxBytes > maxFormBytes
  )
    return { text: 'A form upload can be 0 bytes to 5 GiB. Enter sizes in that range.' };
  if (minBytes > maxBytes) return { text: 'The minimum size is larger than the maximum.' };
  if (form.typeIsPrefix === true && contentType === undefined)
    return { text: 'The content type prefix is empty. Enter one, such as image/.' };
  if (successRedirect !== undefined && !/^https?:\/\/[^\s/]/i.test(successRedirect))
    return { text: 'The page after the upload must have an http:// or https:// address.' };
  return undefined;
}

function neededProblem(id: LinkKindId, target: LinkTarget): Message | undefined {
  const { needs } = linkKind(id);
  if (needs.includes('fileName') && target.fileName === undefined) return noFileName;
  if (needs.includes('versionId') && !/^[\x21-\x7e]+$/.test(target.versionId ?? ''))
    return { text: 'This is not a version ID. Copy it from the list of versions.' };
  if (needs.includes('localFile') && target.file === undefined)
    return { text: 'No file was chosen for the link. Choose the file.' };
  return undefined;
}

/** Values that HTTP can carry and that every client sends byte for byte: visible ASCII and single spaces. */
const headerValue = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

function headerProblem({
  contentType,
  cacheControl,
  storageClass,
  encryption,
}: LinkOptions): Message | undefined {
  const keyId = encryption?.kind === 'kms' ? encryption.keyId : undefined;
  const values = {
    'content type': contentType,
    'cache control': cacheControl,
    'storage class': storageClass,
    'KMS key': keyId,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !headerValue.test(value))
      return { text: 'The {0} has characters that a header cannot contain. Use plain ASCII.', args: [name] };
  }
  return undefined;
}

const maxMetadataBytes = 2048;

/** Source: Amazon S3 User Guide, "Working with object metadata": 2 KB of names and values together. */
function metadataProblem(metadata: LinkOptions['metadata'] = {}): Message | undefined {
  const entries = Object.entries(metadata);
  for (const [name, value] of entries) {
    if (!isHttpName(name)) return { text: 'A metadata name can contain only letters, digits and -_.' };
    if (!headerValue.test(value))
      return { text: 'The metadata value of {0} is empty or not plain ASCII.', args: [name] };
  }
  if (entries.flat().join('').length > maxMetadataBytes)
    return { text: 'S3 stores at most 2 KB of metadata. Shorten it.' };
  return undefined;
}
