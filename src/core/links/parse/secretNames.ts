/** Whole names only, because another header, such as `x-amz-meta-customer-key`, may contain one of them. */
const secret =
  /^(?:policy|signature|awsaccesskeyid|(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z]+-(?:signature|credential|security-token|s3session-token|(?:copy-source-)?(?:server-side-)?encryption-(?:customer-)?key(?:-md5|-sha256)?))$/i;

const signing =
  /^(?:policy|signature|awsaccesskeyid|x-amz-(?:algorithm|credential|date|signature|security-token|s3session-token))$/i;

/** Whether the value of a parameter, a header or a field of this name signs, proves or unlocks something. */
export function isSecretName(name: string): boolean {
  return secret.test(name);
}

/** Whether a field belongs to a form's own signature. Its value is a secret or of no interest. */
export function isSigningName(name: string): boolean {
  return signing.test(name);
}

/** Whether a parameter, a header or a field of this name carries a session token. */
export function isTokenName(name: string): boolean {
  return /^x-amz-(?:security|s3session)-token$/i.test(name);
}
