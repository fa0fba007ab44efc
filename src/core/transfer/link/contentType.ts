import mime from 'mime';

/** Extensions that the registry assigns to something that is rarely meant in an editor. */
const sourceTypes: ReadonlyMap<string, string> = new Map([
  ['ts', 'text/plain'],
  ['mts', 'text/plain'],
  ['cts', 'text/plain'],
]);

/**
 * The MIME type for a file's extension, or `application/octet-stream` if none is known. TypeScript has no
 * registered type; the registry's `video/mp2t` for `.ts` is a video stream.
 */
export function contentTypeOf(fileName: string): string {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return sourceTypes.get(extension) ?? mime.getType(fileName) ?? 'application/octet-stream';
}
