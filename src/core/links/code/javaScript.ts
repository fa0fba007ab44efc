import { linkKind } from '../kinds.js';
import { quoteJavaScript } from '../../text/quote.js';
import { policyTerms } from '../postPolicy.js';
import { headerComments, isForm, operationInput, operationOf, type CodeInput } from './codeInput.js';

/** An ES module. Source: AWS SDK for JavaScript v3, README of s3-request-presigner and of s3-presigned-post. */
export function javaScriptSdk(input: CodeInput): string {
  const lines = isForm(input) ? post(input) : url(input);
  return [...lines, ''].join('\n');
}

function url(input: CodeInput): readonly string[] {
  const command = `${operationOf(input)}Command`;
  return [
    `import { ${[command, 'S3Client'].sort().join(', ')} } from '@aws-sdk/client-s3';`,
    "import { getSignedUrl } from '@aws-sdk/s3-request-presigner';",
    '',
    ...client(input),
    `const command = new ${command}({`,
    ...operationInput(input).map(([name, value]) => `  ${name}: ${literal(value)},`),
    '});',
    ...headerComments(input, '//'),
    `const url = await getSignedUrl(client, command, {`,
    `  expiresIn: ${input.request.expiresInSeconds},`,
    ...signedHeaders(input),
    '});',
    'console.log(url);',
  ];
}

function client({ place }: CodeInput): readonly string[] {
  return [
    'const client = new S3Client({',
    ...(place.profile === undefined ? [] : [`  profile: ${quoteJavaScript(place.profile)},`]),
    `  region: ${quoteJavaScript(place.region)},`,
    ...(place.endpoint === undefined ? [] : [`  endpoint: ${quoteJavaScript(place.endpoint)},`]),
    ...(place.forcePathStyle ? ['  forcePathStyle: true,'] : []),
    '  // Otherwise an upload link contains the checksum of an empty body, which some stores refuse.',
    "  requestChecksumCalculation: 'WHEN_REQUIRED',",
    "  responseChecksumValidation: 'WHEN_REQUIRED',",
    '});',
  ];
}

/** By default, the SDK leaves the type unsigned and moves other headers into the URL. */
function signedHeaders({ request }: CodeInput): readonly string[] {
  const names = Object.keys(linkKind(request.kind).headers(request));
  if (names.length === 0) return [];
  const list = (items: readonly string[]) => `new Set([${items.map(quoteJavaScript).join(', ')}])`;
  return [
    `  signableHeaders: ${list(['host', ...names])},`,
    `  unhoistableHeaders: ${list(names.filter((name) => name.startsWith('x-amz-')))},`,
  ];
}

function post(input: CodeInput): readonly string[] {
  const { key, fields, limits } = policyTerms(input.request);
  return [
    "import { S3Client } from '@aws-sdk/client-s3';",
    "import { createPresignedPost } from '@aws-sdk/s3-presigned-post';",
    '',
    ...client(input),
    'const post = await createPresignedPost(client, {',
    `  Bucket: ${quoteJavaScript(input.request.bucket)},`,
    `  Key: ${quoteJavaScript(key)},`,
    `  Fields: ${literal(fields)},`,
    // The SDK adds a condition for every field.
    `  Conditions: [${limits.map(literal).join(', ')}],`,
    `  Expires: ${input.request.expiresInSeconds},`,
    '});',
    'console.log(JSON.stringify(post));',
  ];
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quoteJavaScript(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, item]) => `[${quoteJavaScript(name)}]: ${literal(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
