import type { LinkMethod } from '../exchange.js';

/** Where the bucket stands in an address. */
type Addressing = 'path' | 'virtual' | 'accessPoint' | 'directory' | 'customDomain';

/** What a host and a path name. */
export interface LinkPlace {
  /** The ARN of an access point stands for its bucket; the alias of a Multi-Region one, `NAME.mrap`. */
  readonly bucket: string;
  /** Decoded, with the dot segments and double slashes that a URL parser would take away. Empty: the bucket itself. */
  readonly key: string;
  readonly addressing: Addressing;
  readonly isAws: boolean;
  /** What the host tells besides. */
  readonly hostFeatures: readonly HostFeature[];
  /** How the address reads as well, where nothing tells whether the bucket stands in the host or in the path. */
  readonly otherwise: { readonly bucket: string; readonly key: string } | undefined;
}

export type HostFeature = 'dualstack' | 'fips' | 'accelerate' | 'china';

/** Who signed, as far as the identifier of the access key tells. The identifier itself is not kept. */
export interface Signer {
  /** `longTerm` for AKIA, `temporary` for ASIA; other stores write theirs as they like. */
  readonly kind: 'longTerm' | 'temporary' | 'other';
  /** The last four characters, empty where it has no more than that. */
  readonly lastFour: string;
  /** Whether a session token was signed along: the link then ends with its session. */
  readonly hasToken: boolean;
}

interface Signed extends LinkPlace {
  /** In lower case, with its port. */
  readonly host: string;
  readonly isSecure: boolean;
  readonly signature: 'v4' | 'v4a' | 'v2';
  readonly signer: Signer;
  /** As it was signed; of version 2, which signs none, as the host says. Several, or `*`, for version 4A. */
  readonly region: string | undefined;
  /** `s3`, `s3express` ...; undefined for version 2. */
  readonly service: string | undefined;
  /** Undefined for version 2, which does not say. */
  readonly madeAt: Date | undefined;
  readonly endsAt: Date;
  /** How long it was signed for; undefined where the making is not known. */
  readonly expiresSeconds: number | undefined;
}

/** A presigned URL. `url` is a secret: it goes into a request, nowhere else. Nothing besides holds what proves. */
export interface ParsedUrl extends Signed {
  readonly kind: 'url';
  /** As it was written, for a request; without what a fragment adds. */
  readonly url: string;
  /** What it can be used with; several where the link does not tell. Never empty. */
  readonly methods: readonly LinkMethod[];
  /** S3's name of what it performs, as `GetObject`; undefined where the method is not known. */
  readonly operation: string | undefined;
  /** The operation that the link names (`x-id`), where S3, which ignores that, performs another one. */
  readonly misnamedAs: string | undefined;
  /** Names in lower case, without `host`: whoever uses the link has to send them with the values that were signed. */
  readonly signedHeaders: readonly string[];
  /** Values of headers that were handed over beside the URL. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `response-content-disposition` and the like, which replace headers of the answer. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly versionId: string | undefined;
  /** Checksums that the link says the body has: `x-amz-checksum-crc32` and the like. */
  readonly checksums: Readonly<Record<string, string>>;
  /** The other parameters that S3 obeys, by lower-case names: `x-amz-meta-...`, `x-amz-acl`, `prefix`, `partNumber` ... */
  readonly parameters: Readonly<Record<string, string>>;
}

/** One thing that a form is held to. Names of fields as the policy writes them, without `$`. */
export type PolicyCondition =
  | { readonly kind: 'equals'; readonly field: string; readonly value: string }
  | { readonly kind: 'startsWith'; readonly field: string; readonly value: string }
  | { readonly kind: 'size'; readonly minBytes: number; readonly maxBytes: number }
  /** One that S3's documentation does not know. */
  | { readonly kind: 'unknown' };

/** A form that uploads by POST. `fields` are secrets as a presigned URL is. */
export interface ParsedForm extends Signed {
  readonly kind: 'form';
  /** Where it is sent: the bucket's address, no secret by itself. */
  readonly url: string;
  /** In the order in which they were given; the field `file` comes after them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly conditions: readonly PolicyCondition[];
  /** The bucket that the policy names, where the address does not show it. At a custom domain `bucket` is the same. */
  readonly policyBucket: string | undefined;
}

export type ParsedLink = ParsedUrl | ParsedForm;
