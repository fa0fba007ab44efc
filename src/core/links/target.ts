/** What a link is about, and how it restricts its user. A kind ignores the options that it does not know. */
export interface LinkTarget extends LinkOptions {
  readonly bucket: string;
  /** The object's key; a prefix of keys for the kinds that are about one, and for a form that says so. */
  readonly key: string;
}

/** Options of a link beyond bucket and key. */
export interface LinkOptions {
  /** The MIME type that an upload has to declare, or that a download is shown as. */
  readonly contentType?: string | undefined;
  /** The name under which a download is saved. */
  readonly fileName?: string | undefined;
  /** Asks the browser to show a download. */
  readonly inline?: boolean | undefined;
  readonly versionId?: string | undefined;
  readonly cacheControl?: string | undefined;
  /** Names without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly storageClass?: string | undefined;
  readonly encryption?: Encryption | undefined;
  readonly file?: FileDigest | undefined;
  readonly form?: FormLimits | undefined;
}

/** Server-side encryption that an upload has to request; with the store's own KMS key if none is named. */
export type Encryption =
  { readonly kind: 's3' } | { readonly kind: 'kms'; readonly keyId?: string | undefined };

/** The only content that an upload may have. */
interface FileDigest {
  readonly name: string;
  readonly sizeBytes: number;
  readonly md5Base64: string;
  readonly sha256Base64: string;
}

/** The restrictions on a form upload. */
export interface FormLimits {
  /** Whether the key is a prefix, to which the name of the chosen file is added. */
  readonly keyIsPrefix?: boolean | undefined;
  readonly minBytes?: number | undefined;
  readonly maxBytes?: number | undefined;
  /** Whether the content type is a prefix, such as `image/`. */
  readonly typeIsPrefix?: boolean | undefined;
  /** The status that S3 responds with; 204 by default. */
  readonly successStatus?: 200 | 201 | 204 | undefined;
  /** Where S3 sends the browser after the upload. */
  readonly successRedirect?: string | undefined;
}

/** Picks the options, without anything else that a request carries. */
export function linkOptions(of: LinkOptions): LinkOptions {
  const { contentType, fileName, inline, versionId, cacheControl } = of;
  const { metadata, storageClass, encryption, file, form } = of;
  return {
    ...{ contentType, fileName, inline, versionId, cacheControl },
    ...{ metadata, storageClass, encryption, file, form },
  } satisfies Record<keyof LinkOptions, unknown>;
}
