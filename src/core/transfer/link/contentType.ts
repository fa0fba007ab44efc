import mime from 'mime';

/** Where the registry knows the extension for something that hardly anybody who edits files means. */
const sourceTypes: ReadonlyMap<string, string> = new Map([
  ['ts', 'text/plain'],
  ['mts', 'text/plain'],
  ['cts', 'text/plain'],
]);

/**
 * The MIME type that goes with a file's extension, `application/octet-stream` where none is known. TypeScript has no
 * registered type; the registry's `video/mp2t` for `.ts` is a video stream.
 */
export function contentTypeOf(fileName: string): string {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return sourceTypes.get(extension) ?? mime.getType(fileName) ?? 'application/octet-stream';
}
