import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';

/** The answer of a server once it has read the body of a request. */
export interface UploadReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** Reads each body to its end, then answers with the reply for that body. */
export function answerUploads(reply: (body: Buffer) => UploadReply): RequestListener {
  return (request, response) => {
    void bodyOf(request).then((body) => {
      const { status = 200, headers = {}, text = '' } = reply(body);
      response.writeHead(status, headers).end(text);
    });
  };
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

export function digestOf(
  algorithm: 'md5' | 'sha1' | 'sha256',
  bytes: Uint8Array,
  encoding: 'hex' | 'base64' = 'hex',
): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}
