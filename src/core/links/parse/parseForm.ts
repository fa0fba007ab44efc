import { formatWebAddress, parseWebAddress } from '../../connection/webAddress.js';
import type { Message } from '../../failures/message.js';
import { isHttpName } from '../httpNames.js';
import type { ParsedForm, PolicyCondition } from './parsedLink.js';
import {
  longKeyProblem,
  parseCredential,
  parseAmzDate,
  signerOf,
  type LinkProblem,
  type ParseLinkOptions,
} from './parseUrl.js';
import { fileNameVariable } from '../postPolicy.js';
import { formPlace } from './formPlace.js';
import { eachHtmlTag, type HtmlAttributes } from './htmlTags.js';
import { parsePolicy } from './parsePolicy.js';
import { hostRegion } from './place.js';
import { isTokenName } from './secretNames.js';

export interface RawForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Whether two fields had the same name; `fields` contains the last one. */
  readonly hasRepeatedField?: boolean;
}

/** The form in a page that is sent by POST to an absolute URL, or undefined if there is none. */
export function readHtmlForm(html: string): RawForm | undefined {
  return readForms(html).find(({ url, isPost }) => isPost && /^https?:/i.test(url));
}

interface ReadForm extends RawForm {
  readonly isPost: boolean;
}

/** The forms of a page, with the fields that a browser sends if the user changes nothing. */
function readForms(html: string): readonly ReadForm[] {
  const forms: { readonly attributes: HtmlAttributes; readonly inputs: HtmlAttributes[] }[] = [];
  let isInForm = false;
  let templates = 0;
  eachHtmlTag(html, {
    onOpen: (name, attributes) => {
      if (name === 'template') templates += 1;
      if (templates > 0) return;
      // HTML does not allow a form within a form.
      if (name === 'form' && !isInForm) {
        forms.push({ attributes, inputs: [] });
        isInForm = true;
      } else if (name === 'input' && isInForm) forms.at(-1)?.inputs.push(attributes);
    },
    onClose: (name) => {
      if (name === 'template') templates = Math.max(0, templates - 1);
      else if (name === 'form' && templates === 0) isInForm = false;
    },
  });
  return forms.map(({ attributes, inputs }) => toForm(attributes, inputs));
}

function toForm(form: HtmlAttributes, inputs: readonly HtmlAttributes[]): ReadForm {
  const sent = inputs.filter(isSent).map((input) => [input.get('name') ?? '', valueOf(input)] as const);
  const fields = Object.fromEntries(sent);
  const isPost = form.get('method')?.toLowerCase() === 'post';
  const url = form.get('action') ?? '';
  return { url, fields, hasRepeatedField: Object.keys(fields).length < sent.length, isPost };
}

function isSent(input: HtmlAttributes): boolean {
  const hasName = (input.get('name') ?? '') !== '';
  if (
    !hasName ||
    input.has('disabled') ||
    /^(?:file|submit|button|reset|image)$/i.test(input.get('type') ?? '')
  )
    return false;
  return input.has('checked') || !isCheckable(input);
}

function isCheckable(input: HtmlAttributes): boolean {
  return /^(?:checkbox|radio)$/i.test(input.get('type') ?? '');
}

function valueOf(input: HtmlAttributes): string {
  return input.get('value') ?? (isCheckable(input) ? 'on' : '');
}

const twice: Message = { text: 'This form repeats a field. Ask for another form.' };
const notSigned: Message = { text: 'This form has no S3 signature. Copy the whole form.' };

/** Parses the URL and the fields of a form upload, or returns why they are not one. */
export function parseForm(
  { url, fields, hasRepeatedField = false }: RawForm,
  options: ParseLinkOptions,
): ParsedForm | LinkProblem {
  const address = parseWebAddress(url);
  if ('problem' in address) return address;
  const field = withLowerCaseNames(fields);
  const encoded = field.get('policy');
  if (encoded === undefined) return { problem: notSigned };
  const signed = signedBy(field, address.hostname);
  if (signed === undefined) return { problem: notSigned };
  const policy = parsePolicy(encoded);
  if ('problem' in policy) return policy;
  const unusable = fieldProblem(fields, policy.conditions);
  if (unusable !== undefined) return { problem: unusable };
  if (hasRepeatedField) return { problem: twice };
  const key = field.get('key') ?? '';
  const tooLong = longKeyProblem(key.replaceAll(fileNameVariable, ''));
  if (tooLong !== undefined) return { problem: tooLong };
  const place = formPlace(address, { field, conditions: policy.conditions, endpoint: options.endpoint });
  if ('problem' in place) return place;
  const { signedAt } = signed;
  return {
    kind: 'form',
    url: formatWebAddress(address),
    fields,
    host: address.host,
    isSecure: address.isSecure,
    ...place,
    ...signed,
    expiresAt: policy.expiresAt,
    expiresSeconds:
      signedAt === undefined ? undefined : (policy.expiresAt.getTime() - signedAt.getTime()) / 1000,
    conditions: policy.conditions,
  };
}

function withLowerCaseNames(fields: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Why a form cannot be sent, based on its fields and conditions. If names differ only in case, only S3 knows
 * which one counts.
 */
function fieldProblem(
  fields: Readonly<Record<string, string>>,
  conditions: readonly PolicyCondition[],
): Message | undefined {
  const sent = Object.keys(fields);
  const named = conditions.flatMap((condition) => ('field' in condition ? [condition.field] : []));
  if (![...sent, ...named].every(isHttpName))
    return { text: 'This form has a field with an invalid name. Ask for another form.' };
  // S3 would store the value of this field instead of the file. Fields that a policy demands are sent too.
  if ([...sent, ...named].some((name) => name.toLowerCase() === 'file'))
    return { text: 'This form sends its own file instead of yours. Ask for another form.' };
  // Lone surrogates would be sent as U+FFFD, not as the character that is shown.
  const demanded = conditions.flatMap((condition) => ('value' in condition ? [condition.value] : []));
  if (![...Object.values(fields), ...demanded].every((value) => value.isWellFormed()))
    return { text: 'This form has an invalid character. Ask for another form.' };
  if (new Set(sent.map((name) => name.toLowerCase())).size === sent.length) return undefined;
  return twice;
}

type FormSigner = Pick<ParsedForm, 'signature' | 'signer' | 'region' | 'service' | 'signedAt'>;

function signedBy(field: ReadonlyMap<string, string>, hostname: string): FormSigner | undefined {
  const token = [...field.keys()].some(isTokenName);
  const credential = parseCredential(field.get('x-amz-credential') ?? '');
  if (credential !== undefined && field.has('x-amz-signature')) {
    const { accessKeyId, region, service } = credential;
    const signedAt = parseAmzDate(field.get('x-amz-date') ?? '');
    return { signature: 'v4', signer: signerOf(accessKeyId, token), region, service, signedAt };
  }
  const accessKeyId = field.get('awsaccesskeyid');
  if (accessKeyId === undefined || !field.has('signature')) return undefined;
  const signer = signerOf(accessKeyId, token);
  return { signature: 'v2', signer, region: hostRegion(hostname), service: undefined, signedAt: undefined };
}
