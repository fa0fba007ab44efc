import { writeAtomically, type WriteTarget } from '../../async/writeAtomically.js';

/**
 * Writes pieces to a file that appears when all of them have arrived.
 * @throws FileExistsError, FileWriteError; what reading the pieces throws
 */
export async function writeDownload(
  pieces: AsyncIterable<Buffer>,
  target: WriteTarget,
): Promise<{ readonly sizeBytes: number }> {
  return await writeAtomically(target, async (file) => {
    let sizeBytes = 0;
    for await (const piece of pieces) {
      await file.writeFile(piece);
      sizeBytes += piece.byteLength;
    }
    return { sizeBytes };
  });
}
