/**
 * Whether a text is a valid name of an HTTP header: a token of RFC 9110, section 5.6.2. The fields of an
 * upload form are named after headers and S3's own terms (`key`, `success_action_status`), so they need no
 * other characters.
 */
export function isHttpName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~\dA-Z-]+$/i.test(text);
}
