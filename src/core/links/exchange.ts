const linkMethods = ['GET', 'HEAD', 'PUT', 'DELETE', 'POST'] as const;

export type LinkMethod = (typeof linkMethods)[number];

/** The method of this name; undefined if links do not have it. */
export function linkMethod(name: unknown): LinkMethod | undefined {
  return linkMethods.find((method) => method === name);
}

/** The request that a link is for, and its response. */
export interface Exchange {
  readonly method: LinkMethod;
  readonly sends: Sends['what'];
  /** What S3 responds with: a file to save, text to read, headers alone, or nothing useful. */
  readonly receives: 'file' | 'text' | 'headers' | 'nothing';
}

/** What has to be sent with a link in addition to its headers. */
export type Sends =
  | { readonly what: 'nothing' }
  | { readonly what: 'file'; readonly bodyBytes: ByteRange | undefined }
  | FormUpload;

export interface FormUpload {
  readonly what: 'form';
  /** In the order in which they are sent, before the field `file`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly bodyBytes: ByteRange | undefined;
  /** The prefix of the type that the field `Content-Type` has to declare. */
  readonly typePrefix: string | undefined;
}

/** Allowed sizes of a file, both ends included. */
export interface ByteRange {
  readonly min: number;
  readonly max: number;
}

/** What a form upload sends; empty for other links. */
export function formOf({ sends }: { readonly sends: Sends }): Partial<FormUpload> {
  return sends.what === 'form' ? sends : {};
}
