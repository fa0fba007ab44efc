import { quotePython } from '../../text/quote.js';
import { policyTerms } from '../postPolicy.js';
import { headerComments, isForm, operationInput, operationOf, type CodeInput } from './codeInput.js';

/**
 * Without a region and an endpoint, boto3 signs for a host that redirects; without `s3v4`, it uses a
 * signature that most regions refuse. Source: boto3 documentation, "Presigned URLs" and "Configuration".
 */
export function boto3(input: CodeInput): string {
  return [
    ...(isForm(input) ? ['import json', ''] : []),
    'import boto3',
    'from botocore.config import Config',
    '',
    ...client(input),
    ...(isForm(input) ? post(input) : url(input)),
    '',
  ].join('\n');
}

function client({ place }: CodeInput): readonly string[] {
  const style = place.forcePathStyle ? 'path' : 'virtual';
  return [
    `session = boto3.Session(${place.profile === undefined ? '' : `profile_name=${quotePython(place.profile)}`})`,
    's3 = session.client(',
    '    "s3",',
    `    region_name=${quotePython(place.region)},`,
    ...(place.endpoint === undefined ? [] : [`    endpoint_url=${quotePython(place.endpoint)},`]),
    `    config=Config(signature_version="s3v4", s3={"addressing_style": "${style}"}),`,
    ')',
  ];
}

function url(input: CodeInput): readonly string[] {
  const name = operationOf(input) === 'PutObject' ? 'put_object' : 'get_object';
  return [
    ...headerComments(input, '#'),
    'url = s3.generate_presigned_url(',
    `    "${name}",`,
    '    Params={',
    ...operationInput(input).map(([parameter, value]) => `        "${parameter}": ${literal(value)},`),
    '    },',
    `    ExpiresIn=${input.request.expiresInSeconds},`,
    ')',
    'print(url)',
  ];
}

function post(input: CodeInput): readonly string[] {
  const { key, fields, limits } = policyTerms(input.request);
  const conditions = [...Object.entries(fields).map(([name, value]) => ({ [name]: value })), ...limits];
  return [
    'post = s3.generate_presigned_post(',
    `    ${quotePython(input.request.bucket)},`,
    `    ${quotePython(key)},`,
    `    Fields=${literal(fields)},`,
    `    Conditions=[${conditions.map(literal).join(', ')}],`,
    `    ExpiresIn=${input.request.expiresInSeconds},`,
    ')',
    'print(json.dumps(post))',
  ];
}

type Literal = string | number | readonly Literal[] | Readonly<Record<string, string>>;

function literal(value: Literal): string {
  if (typeof value === 'string') return quotePython(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return `[${value.map(literal).join(', ')}]`;
  const entries = Object.entries(value).map(([name, text]) => `${quotePython(name)}: ${quotePython(text)}`);
  return `{${entries.join(', ')}}`;
}

function isList(value: object): value is readonly Literal[] {
  return Array.isArray(value);
}
