/** A request through a link, as it was sent. The URL is a secret. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** What was sent beside what every client sends. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a link was used for. */
export type LinkUse = 'upload' | 'download' | 'test';

/** What S3 said when it refused a link. Holds no part of the answer that echoes the signature. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** S3's error code, empty where the answer has none, or something else in its place. */
  readonly code: string;
  /** "Request has expired" and the like; S3's wording, never with values in it. */
  readonly reason: string;
  readonly headersNotSigned: readonly string[] | undefined;
  readonly details: RefusalDetails;
}

/** What else tells the cause, as far as the answer or the link says it. */
export interface RefusalDetails {
  /** When the link expired. */
  readonly expiredAt?: Date;
  /** When the link begins to work. */
  readonly beginsAt?: Date;
  /** As S3 or the link says; a link of version 2 signs none. */
  readonly signedRegion?: string;
  /** Where the bucket is. */
  readonly bucketRegion?: string;
  /** The host to use in place of the link's. */
  readonly endpoint?: string;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  /** The condition of a form that does not hold, or the field that it does not allow: its name alone. */
  readonly formField?: string;
  /** Whether S3 wants another encoding of the form. */
  readonly isWrongForm?: true;
  /** What the signer lacks, as `s3:GetObject`: what S3 says, else what such a request takes. */
  readonly permission?: string;
  /** Whether the request was to be done only where no object is. */
  readonly createsOnly?: boolean;
  /** What differs between the request that S3 saw and ours; absent where nothing tells. */
  readonly differences?: readonly Difference[];
  /** Headers that the link signs, without `host`. */
  readonly signedHeaders?: readonly string[];
  readonly method?: string;
}

/** One thing by which what S3 received is another request than the one that was signed or sent. Holds no value. */
export type Difference =
  | { readonly part: 'method' | 'path' }
  | { readonly part: 'parameter' | 'header'; readonly name: string }
  /** The link signs it, and it was not sent. */
  | { readonly part: 'missingHeader'; readonly name: string }
  /** S3 knows no such parameter, so no signer wrote it. */
  | { readonly part: 'addedParameter'; readonly name: string };

/** As "Request has expired" and "Invalid according to Policy: Policy expired."; of a field no more than its name is told. */
export function saysExpired(reason: string): boolean {
  return /^(?:Invalid according to Policy: )?[\w ]{1,40}\bexpired\b/i.test(reason);
}
