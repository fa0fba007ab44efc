import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { MessageError } from '../../failures/message.js';

/** S3's limit for one PUT, 5 GiB. Source: Amazon S3 User Guide, "Uploading objects". */
export const maxPutBytes = 5 * 1024 ** 3;

/** What to upload: bytes in memory, or a file that is streamed. */
export type UploadContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number };

/** What is sent: the content alone, or in a form. */
export type UploadBody = UploadContent | FormBody;

/** A form with a file in it, as it is sent. */
export interface FormBody {
  readonly kind: 'form';
  /** What comes before the content; `tail` comes after it. */
  readonly head: Uint8Array;
  readonly content: UploadContent;
  readonly tail: Uint8Array;
}

export class TooLargeError extends MessageError {
  override readonly name = 'TooLargeError';
  constructor() {
    super({ text: 'The file is larger than 5 GiB, the maximum for a PUT link. Nothing was sent.' });
  }
}

export class FileChangedError extends MessageError {
  override readonly name = 'FileChangedError';
  constructor() {
    super({ text: 'The file changed during the upload, so nothing was uploaded. Try again.' });
  }
}

class NotRegularFileError extends MessageError {
  override readonly name = 'NotRegularFileError';
  constructor() {
    super({
      text: 'Only regular files can be uploaded, not folders, pipes or devices. Choose another file.',
    });
  }
}

export function bodySizeBytes(body: UploadBody): number {
  switch (body.kind) {
    case 'bytes':
      return body.bytes.byteLength;
    case 'file':
      return body.sizeBytes;
    case 'form':
      return body.head.byteLength + bodySizeBytes(body.content) + body.tail.byteLength;
  }
}

/** The content of a body. S3's limit applies to the content alone, without the fields of a form. */
export function contentOf(body: UploadBody): UploadContent {
  return body.kind === 'form' ? body.content : body;
}

/** @throws TooLargeError if one PUT cannot hold content of this size */
export function assertFitsPut(sizeBytes: number): void {
  if (sizeBytes > maxPutBytes) throw new TooLargeError();
}

const pieceBytes = 256 * 1024;

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * The bytes of a body, in pieces small enough for progress to move. Fails with FileChangedError or
 * NotRegularFileError. `onContent` gets each piece of the content before it is passed on, but nothing of a
 * form around it.
 */
export function openBody(body: UploadBody, onContent?: (piece: Uint8Array) => void): Readable {
  const content = contentPieces(contentOf(body));
  const observed = onContent === undefined ? content : observePieces(content, onContent);
  return Readable.from(body.kind === 'form' ? formPieces(body, observed) : observed);
}

function contentPieces(content: UploadContent): Pieces {
  return content.kind === 'bytes' ? slices(content.bytes) : readUnchanged(content);
}

async function* observePieces(
  pieces: Pieces,
  onPiece: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onPiece(piece);
    yield piece;
  }
}

async function* formPieces({ head, tail }: FormBody, content: Pieces): AsyncGenerator<Uint8Array> {
  yield head;
  yield* content;
  yield tail;
}

/**
 * The bytes of a file. The last piece is held back until the file has proved to be the one that was measured:
 * without that piece, the server stores nothing.
 */
async function* readUnchanged(body: Extract<UploadContent, { kind: 'file' }>): AsyncGenerator<Buffer> {
  const file = await openRegular(body.path);
  try {
    const before = await file.stat();
    assertRegular(before);
    if (before.size !== body.sizeBytes) throw new FileChangedError();
    if (body.sizeBytes === 0) await assertEmpty(file);
    let held: Buffer | undefined;
    for (let start = 0; start < body.sizeBytes;) {
      const length = Math.min(pieceBytes, body.sizeBytes - start);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, start);
      if (bytesRead === 0) throw new FileChangedError();
      if (held !== undefined) yield held;
      held = buffer.subarray(0, bytesRead);
      start += bytesRead;
    }
    const after = await file.stat();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw new FileChangedError();
    if (held !== undefined) yield held;
  } finally {
    await file.close();
  }
}

/** @throws NotRegularFileError; what the file system throws */
async function openRegular(path: string): Promise<FileHandle> {
  // Opening a device may have effects, and opening a pipe blocks a thread of Node's pool until something writes to it.
  assertRegular(await stat(path));
  // Another file may have replaced it since. Windows has no O_NONBLOCK.
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

function assertRegular(stats: Stats): void {
  if (!stats.isFile()) throw new NotRegularFileError();
}

/** Files in /proc and /sys report no size but have content. */
async function assertEmpty(file: FileHandle): Promise<void> {
  const { bytesRead } = await file.read(Buffer.allocUnsafe(1), 0, 1, 0);
  if (bytesRead > 0) throw new FileChangedError();
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceBytes)
    yield bytes.subarray(start, start + pieceBytes);
}
