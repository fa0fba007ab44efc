import { quoteRuby } from '../../text/quote.js';
import { linkKind } from '../kinds.js';
import { policyTerms } from '../postPolicy.js';
import {
  headerComments,
  isForm,
  operationInput,
  operationOf,
  type CodeInput,
  type OperationInput,
} from './codeInput.js';

/** Source: AWS SDK for Ruby v3 API Reference, `Aws::S3::Presigner#presigned_request` and `Aws::S3::PresignedPost`. */
export function rubySdk(input: CodeInput): string {
  return [
    "require 'aws-sdk-s3'",
    ...(isForm(input) ? ["require 'json'"] : []),
    '',
    ...client(input),
    ...(isForm(input) ? post(input) : url(input)),
    '',
  ].join('\n');
}

function client({ place }: CodeInput): readonly string[] {
  return [
    '# Otherwise an upload link may contain the checksum of an empty body, which some stores refuse.',
    "ENV['AWS_REQUEST_CHECKSUM_CALCULATION'] = 'when_required'",
    'client = Aws::S3::Client.new(',
    ...(place.profile === undefined ? [] : [`  profile: ${quoteRuby(place.profile)},`]),
    `  region: ${quoteRuby(place.region)},`,
    ...(place.endpoint === undefined ? [] : [`  endpoint: ${quoteRuby(place.endpoint)},`]),
    `  force_path_style: ${place.forcePathStyle}`,
    ')',
  ];
}

function url(input: CodeInput): readonly string[] {
  const operation = operationOf(input) === 'PutObject' ? 'put_object' : 'get_object';
  return [
    'presigner = Aws::S3::Presigner.new(client: client)',
    ...headerComments(input, '#'),
    'url, _headers = presigner.presigned_request(',
    `  :${operation},`,
    ...operationInput(input).map(([name, value]) => `  ${snakeCase(name)}: ${literal(value)},`),
    ...otherSignedHeaders(input),
    `  expires_in: ${input.request.expiresInSeconds}`,
    ')',
    'puts url',
  ];
}

/** By default, the SDK signs none of these headers. Source: `Aws::S3::Presigner::BLACKLISTED_HEADERS`. */
function otherSignedHeaders({ request }: CodeInput): readonly string[] {
  const headers = linkKind(request.kind).headers(request);
  const names = ['cache-control', 'content-length', 'if-none-match'].filter((name) => name in headers);
  return names.length === 0 ? [] : [`  whitelist_headers: [${names.map(quoteRuby).join(', ')}],`];
}

function post(input: CodeInput): readonly string[] {
  const { request } = input;
  const { key, fields, limits } = policyTerms(request);
  const { 'Content-Type': type, ...others } = fields;
  return [
    `post = Aws::S3::Bucket.new(${quoteRuby(request.bucket)}, client: client).presigned_post(`,
    `  key: ${quoteRuby(key)},`,
    ...limits.map(limitLine),
    ...(type === undefined ? [] : [`  content_type: ${quoteRuby(type)},`]),
    ...Object.entries(others).map(([name, value]) => `  ${name}: ${quoteRuby(value)},`),
    `  signature_expiration: Time.now + ${request.expiresInSeconds}`,
    ')',
    'puts JSON.generate(url: post.url, fields: post.fields)',
  ];
}

function limitLine([name, first = '', second = '']: readonly (string | number)[]): string {
  return name === 'content-length-range'
    ? `  content_length_range: ${first}..${second},`
    : `  content_type_starts_with: ${quoteRuby(String(second))},`;
}

/** Names of the model, as the SDK's code generator writes them. */
function snakeCase(name: string): string {
  if (name === 'SSEKMSKeyId') return 'ssekms_key_id';
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

function literal(value: OperationInput[number][1]): string {
  if (typeof value === 'string') return quoteRuby(value);
  if (typeof value === 'number') return String(value);
  const entries = Object.entries(value).map(([name, text]) => `${quoteRuby(name)} => ${quoteRuby(text)}`);
  return `{ ${entries.join(', ')} }`;
}
