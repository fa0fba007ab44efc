/** What a link is about, and what it binds its user to. Options that a kind does not know are ignored by it. */
export interface LinkTarget extends LinkOptions {
  readonly bucket: string;
  /** The object's key; the beginning of keys for the kinds that are about a prefix, and for a form that says so. */
  readonly key: string;
}

/** What a link can be told beyond bucket and key. */
export interface LinkOptions {
  /** MIME type: that an upload has to declare, or that a download is shown as. */
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

/** Server-side encryption that an upload has to ask for; the store's own KMS key where none is named. */
export type Encryption =
  { readonly kind: 's3' } | { readonly kind: 'kms'; readonly keyId?: string | undefined };

/** The one content that an upload may have. */
interface FileDigest {
  readonly name: string;
  readonly sizeBytes: number;
  readonly md5Base64: string;
  readonly sha256Base64: string;
}

/** What a form upload is held to. */
export interface FormLimits {
  /** Whether the key is the beginning of keys, to which the browser adds the name of the chosen file. */
  readonly keyIsPrefix?: boolean | undefined;
  readonly minBytes?: number | undefined;
  readonly maxBytes?: number | undefined;
  /** Whether the content type is the beginning of types, as `image/`. */
  readonly typeIsPrefix?: boolean | undefined;
  /** What S3 answers; 204 where nothing is chosen. */
  readonly successStatus?: 200 | 201 | 204 | undefined;
  /** Where S3 sends the browser after the upload. */
  readonly successRedirect?: string | undefined;
}

/** Every option by its name, without what else a request carries. */
export function linkOptions(of: LinkOptions): LinkOptions {
  const { contentType, fileName, inline, versionId, cacheControl } = of;
  const { metadata, storageClass, encryption, file, form } = of;
  return {
    ...{ contentType, fileName, inline, versionId, cacheControl },
    ...{ metadata, storageClass, encryption, file, form },
  } satisfies Record<keyof LinkOptions, unknown>;
}
