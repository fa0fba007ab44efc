export type LinkMethod = 'GET' | 'HEAD' | 'PUT' | 'DELETE' | 'POST';

/** The request that a link is used for, and its answer. */
export interface Exchange {
  readonly method: LinkMethod;
  readonly sends: Sends['what'];
  /** What S3 answers with: a file to keep, a text to read, headers alone, or nothing of use. */
  readonly receives: 'file' | 'text' | 'headers' | 'nothing';
}

/** What the user of a link has to send with it, beside its headers. */
export type Sends =
  | { readonly what: 'nothing' }
  | { readonly what: 'file'; readonly bodyBytes: ByteRange | undefined }
  | FormUpload;

export interface FormUpload {
  readonly what: 'form';
  /** In the order in which they are sent; the field `file` comes after them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly bodyBytes: ByteRange | undefined;
  /** The beginning of the type that the field `Content-Type` has to declare. */
  readonly typePrefix: string | undefined;
}

/** How large a file has to be, both ends included. */
export interface ByteRange {
  readonly min: number;
  readonly max: number;
}

/** What a form upload sends; empty for other links. */
export function formOf({ sends }: { readonly sends: Sends }): Partial<FormUpload> {
  return sends.what === 'form' ? sends : {};
}
