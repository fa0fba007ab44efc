import type { LinkMethod } from '../exchange.js';

/** Where the bucket appears in a URL. */
type Addressing = 'path' | 'virtual' | 'accessPoint' | 'directory' | 'customDomain';

/** What a host and a path refer to. */
export interface LinkPlace {
  /** For an access point, its ARN; for a Multi-Region one, its alias `NAME.mrap`. */
  readonly bucket: string;
  /**
   * Decoded, with the dot segments and double slashes that a URL parser would remove; empty for the bucket.
   */
  readonly key: string;
  readonly addressing: Addressing;
  readonly isAws: boolean;
  /** What else the host says. */
  readonly hostFeatures: readonly HostFeature[];
  /** The other reading of the URL, if the bucket could be in the host or in the path. */
  readonly alternative: { readonly bucket: string; readonly key: string } | undefined;
}

export type HostFeature = 'dualstack' | 'fips' | 'accelerate' | 'china';

/** The signer, as far as the access key ID tells. The ID itself is not kept. */
export interface LinkSigner {
  /** `longTerm` for AKIA, `temporary` for ASIA; other stores have IDs in any format. */
  readonly kind: 'longTerm' | 'temporary' | 'other';
  /** The last four characters; empty if there are no more than that. */
  readonly lastFour: string;
  /** Whether a session token was signed too: the link then expires with its session. */
  readonly hasToken: boolean;
}

interface Signed extends LinkPlace {
  /** In lower case, with its port. */
  readonly host: string;
  readonly isSecure: boolean;
  readonly signature: 'v4' | 'v4a' | 'v2';
  readonly signer: LinkSigner;
  /** As signed; for version 2, which signs none, as the host says. Several, or `*`, for version 4A. */
  readonly region: string | undefined;
  /** `s3`, `s3express` ...; undefined for version 2. */
  readonly service: string | undefined;
  /** Undefined for version 2, which does not say. */
  readonly signedAt: Date | undefined;
  readonly expiresAt: Date;
  /** How long it was signed for; undefined if the time of signing is unknown. */
  readonly expiresSeconds: number | undefined;
}

/**
 * A presigned URL. `url` is a secret: it goes into a request, nowhere else. No other property contains the
 * signature.
 */
export interface ParsedUrl extends Signed {
  readonly kind: 'url';
  /** As written, for a request; without a fragment. */
  readonly url: string;
  /** The methods that it can be used with; several if the link does not say. Never empty. */
  readonly methods: readonly LinkMethod[];
  /** S3's name for what it performs, such as `GetObject`; undefined if the method is unknown. */
  readonly operation: string | undefined;
  /** The operation that the link names (`x-id`), if S3, which ignores that, performs another one. */
  readonly statedOperation: string | undefined;
  /** Names in lower case, without `host`. They have to be sent with the values that were signed. */
  readonly signedHeaders: readonly string[];
  /** Headers that came with the URL. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `response-content-disposition` and the like, which replace headers of the response. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly versionId: string | undefined;
  /** Checksums that the link says the body has: `x-amz-checksum-crc32` and the like. */
  readonly checksums: Readonly<Record<string, string>>;
  /** The other parameters, by lower-case names: `x-amz-meta-...`, `x-amz-acl`, `prefix`, `partnumber` ... */
  readonly parameters: Readonly<Record<string, string>>;
}

/** One condition of a form. Names of fields as the policy writes them, without `$`. */
export type PolicyCondition =
  | { readonly kind: 'equals'; readonly field: string; readonly value: string }
  | { readonly kind: 'startsWith'; readonly field: string; readonly value: string }
  | { readonly kind: 'size'; readonly minBytes: number; readonly maxBytes: number }
  /** One that S3's documentation does not mention. */
  | { readonly kind: 'unknown' };

/** A form that uploads by POST. `fields` are as secret as a presigned URL. */
export interface ParsedForm extends Signed {
  readonly kind: 'form';
  /** Where it is sent: the bucket's URL, not a secret by itself. */
  readonly url: string;
  /** In the order in which they were given; the field `file` comes after them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly conditions: readonly PolicyCondition[];
  /**
   * The bucket that the policy names, if the URL does not show it. At a custom domain `bucket` is the same.
   */
  readonly policyBucket: string | undefined;
}

export type ParsedLink = ParsedUrl | ParsedForm;
