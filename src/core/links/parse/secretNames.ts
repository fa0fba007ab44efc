/** What proves a signature, after the prefix `x-amz-`. */
const proofs = ['signature', 'credential', 'security-token', 's3session-token'];

/** Keys of the customer (SSE-C), as stores with an API of their own write them too. */
const customerKeys = ['', 'copy-source-'].flatMap((source) =>
  ['', 'server-side-'].flatMap((side) =>
    ['encryption-key', 'encryption-customer-key'].flatMap((key) =>
      ['', '-md5', '-sha256'].map((digest) => `${source}${side}${key}${digest}`),
    ),
  ),
);

/**
 * Parameters, headers and fields whose values sign, prove or unlock something. Whole names only, because another
 * header, such as `x-amz-meta-customer-key`, may contain one of them.
 */
const secretNames = [
  ...[
    'policy',
    'signature',
    'awsaccesskeyid',
    'authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
  ],
  ...[...proofs, ...customerKeys].map((name) => `x-amz-${name}`),
];

const secret: ReadonlySet<string> = new Set(secretNames);

/** What the signatures of URLs and of forms consist of. */
const signatureNames = [
  ...['signature', 'awsaccesskeyid'],
  ...['algorithm', 'date', ...proofs].map((name) => `x-amz-${name}`),
];

const formSignature: ReadonlySet<string> = new Set([...signatureNames, 'policy']);

/** Without `policy`, which is a subresource here; in a form, `expires` is a header of the object. */
const urlSignature: ReadonlySet<string> = new Set([
  ...[...signatureNames, 'expires'],
  ...['expires', 'signedheaders', 'region-set', 'content-sha256', 'user-agent'].map(
    (name) => `x-amz-${name}`,
  ),
]);

const proofInQuery = new RegExp(`[?&](?:x-amz-)?(?:${proofs.join('|')})=`, 'i');

/**
 * Whether the value of a parameter, a header or a field of this name signs, proves or unlocks something, with the
 * prefix of any store in place of `x-amz-`.
 */
export function isSecretName(name: string): boolean {
  return secret.has(name.toLowerCase().replace(/^x-[a-z]+-/, 'x-amz-'));
}

/** Whether a field belongs to a form's own signature. Its value is a secret or of no interest. */
export function isSigningField(name: string): boolean {
  return formSignature.has(name.toLowerCase());
}

/** Whether a parameter of a URL belongs to its signature. Its value is a secret or of no interest. */
export function isSigningParameter(name: string): boolean {
  return urlSignature.has(name.toLowerCase());
}

/** Whether a parameter, a header or a field of this name carries a session token. */
export function isTokenName(name: string): boolean {
  return /^x-amz-(?:security|s3session)-token$/i.test(name);
}

/** Whether a text has a query with a signature or a part of one. */
export function hasSignedQuery(text: string): boolean {
  return proofInQuery.test(text);
}
