/**
 * Whether HTTP takes a text as the name of a header: a token of RFC 9110, section 5.6.2. The fields of a form that uploads
 * are named after headers and after words of S3 (`key`, `success_action_status`), so they need no other characters.
 */
export function isHttpName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~\dA-Z-]+$/i.test(text);
}
