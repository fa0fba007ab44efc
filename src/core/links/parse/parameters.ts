/** Names of what an object or a bucket has apart from its content. Source: the Smithy model of Amazon S3. */
const subresource =
  /^(?:abac|accelerate|acl|analytics|annotation|attributes|cors|delete|encryption|intelligent-tiering|inventory|legal-hold|lifecycle|list-type|location|logging|metadata(?:annotationtable|configuration|inventorytable|journaltable|table)|metrics|notification|object-lock|ownershipcontrols|policy|policystatus|publicaccessblock|renameobject|replication|requestpayment|restore|retention|select|session|tagging|torrent|uploads|versioning|versions|website)$/i;

/** Source: Amazon S3 API Reference, the URI parameters of its operations; `x-id` is the SDKs' own. */
const known =
  /^(?:x-amz-.*|x-id|response-(?:cache-control|content-(?:disposition|encoding|language|type)|expires)|awsaccesskeyid|signature|expires|versionid|partnumber|uploadid|prefix|delimiter|marker|key-marker|version-id-marker|upload-id-marker|part-number-marker|continuation-token|start-after|max-(?:keys|uploads|parts)|fetch-owner|encoding-type|select-type|append|id|annotationname)$/i;

/** Whether a parameter of this name makes a request about something other than content. */
export function isSubresource(name: string): boolean {
  return subresource.test(name);
}

/**
 * Whether S3 obeys a parameter of this name. One that it does not know was added after signing, which breaks
 * a link.
 */
export function isKnownParameter(name: string): boolean {
  return known.test(name) || isSubresource(name);
}
