import { MessageError, type Message } from '../failures/message.js';

/** S3's limit for a key, in bytes of UTF-8. Servers refuse longer ones; the SDK does not. */
export const maxKeyBytes = 1024;

export class InvalidKeyError extends MessageError {
  override readonly name = 'InvalidKeyError';
}

/** Why S3 could not store this key; undefined if it can. */
export function keyProblem(key: string): Message | undefined {
  if (key === '') {
    return {
      text: 'The object key is empty, so the request would apply to the whole bucket. Enter a key.',
    };
  }
  return prefixProblem(key);
}

/** Why no key could begin with this; undefined if one can. Every key begins with the empty prefix. */
export function prefixProblem(key: string): Message | undefined {
  const bytes = Buffer.byteLength(key, 'utf8');
  if (bytes > maxKeyBytes) {
    return {
      text: 'The object key is {0} bytes long; S3 allows {1}. Shorten it.',
      args: [bytes, maxKeyBytes],
    };
  }
  if (key.includes('\0') || !key.isWellFormed()) {
    return { text: 'The object key has a character that S3 cannot store. Remove it.' };
  }
  return undefined;
}

/**
 * Call this before everything that addresses an object: an empty key turns DELETE into "delete the bucket" and a GET
 * link into a listing.
 * @throws InvalidKeyError
 */
export function assertKey(key: string): void {
  const problem = keyProblem(key);
  if (problem !== undefined) throw new InvalidKeyError(problem);
}

/** The last segment: `a/b.txt` -> `b.txt`, `a/b/` -> `b/`, `a//` -> `/`. */
export function keyName(key: string): string {
  return key.slice(key.slice(0, -1).lastIndexOf('/') + 1);
}

/** Everything before the last segment, with its slash: `a/b.txt` -> `a/`, `a/b/` -> `a/`, `b` -> ``. */
export function parentPrefix(key: string): string {
  return key.slice(0, key.slice(0, -1).lastIndexOf('/') + 1);
}

/** S3's order: by UTF-8 bytes. */
export function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8'));
}
