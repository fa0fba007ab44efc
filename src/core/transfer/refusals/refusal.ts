/** A request through a link, as it was sent. The URL is a secret. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Headers in addition to what every client sends. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a link was used for. */
export type LinkUse = 'upload' | 'download' | 'test';

/** What S3 said when it refused a link. Contains no part of the answer that echoes the signature. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** S3's error code; empty if the answer has none, or something else in its place. */
  readonly code: string;
  /** S3's wording without values, such as "Request has expired". */
  readonly reason: string;
  readonly headersNotSigned: readonly string[] | undefined;
  readonly details: RefusalDetails;
}

/** What else explains the cause, as far as the answer or the link says it. */
export interface RefusalDetails {
  /** When the link expired. */
  readonly expiredAt?: Date;
  /** When the link becomes valid. */
  readonly beginsAt?: Date;
  /** As S3 or the link says; a link of version 2 signs none. */
  readonly signedRegion?: string;
  /** Where the bucket is. */
  readonly bucketRegion?: string;
  /** The host to use instead of the link's. */
  readonly endpoint?: string;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  /** The name of the form field whose condition does not hold, or that the form does not allow. */
  readonly formField?: string;
  /** Whether S3 requires another encoding of the form. */
  readonly isWrongForm?: true;
  /**
   * The permission that the signer lacks, such as `s3:GetObject`: as S3 says, else what the request requires;
   * absent if that is unknown.
   */
  readonly permission?: string | undefined;
  /** What the link is for; absent if the link cannot be read. */
  readonly target?: 'bucket' | 'object';
  /** Whether the request should succeed only if no object exists. */
  readonly createsOnly?: boolean;
  /** What differs between the request that S3 saw and ours; absent if unknown. */
  readonly differences?: readonly Difference[];
  /** Headers that the link signs, without `host`. */
  readonly signedHeaders?: readonly string[];
  readonly method?: string;
}

/** One difference between the request that S3 received and the signed or sent one. Contains no values. */
export type Difference =
  | { readonly part: 'method' | 'path' }
  | { readonly part: 'parameter' | 'header'; readonly name: string }
  /** The link signs it, but it was not sent. */
  | { readonly part: 'missingHeader'; readonly name: string }
  /** S3 knows no such parameter, so no signer wrote it. */
  | { readonly part: 'addedParameter'; readonly name: string };

/**
 * Matches "Request has expired" and "Invalid according to Policy: Policy expired."; S3 says no more about a
 * field than its name.
 */
export function saysExpired(reason: string): boolean {
  return /^(?:Invalid according to Policy: )?[\w ]{1,40}\bexpired\b/i.test(reason);
}
