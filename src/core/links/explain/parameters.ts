/** Source: Amazon S3 API Reference, the URI parameters of its operations; `x-id` is the SDKs' own. */
const known =
  /^(?:x-amz-.*|x-id|response-(?:cache-control|content-(?:disposition|encoding|language|type)|expires)|awsaccesskeyid|signature|expires|versionid|versions|partnumber|uploadid|uploads|list-type|prefix|delimiter|marker|key-marker|version-id-marker|upload-id-marker|part-number-marker|continuation-token|start-after|max-(?:keys|uploads|parts)|fetch-owner|encoding-type|acl|tagging|attributes|torrent|restore|select|select-type|retention|legal-hold|append|renameobject|delete|location|session|policy|cors|lifecycle|versioning)$/i;

/** Whether S3 obeys a parameter of this name. One that it does not know was added after signing, which breaks a link. */
export function isKnownParameter(name: string): boolean {
  return known.test(name);
}
