import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './call.js';
import { S3Error } from './errors.js';
import type { Element } from './xml.js';
import { formatErrorDocument } from './xml.js';

/** The headers of every answer, with the server's own clock in `Date`. */
function commonHeaders(now: Date): Record<string, string> {
  return {
    'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
    'x-amz-id-2': randomBytes(24).toString('base64'),
    date: now.toUTCString(),
    server: 'AmazonS3',
  };
}

export interface ErrorParts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as S3's XML; 304 has no body. */
export function errorAnswer(parts: ErrorParts): Answer {
  const elements: Element[] = [
    ['Code', parts.code],
    ['Message', parts.message],
    ...Object.entries(parts.details ?? {}),
    ['RequestId', randomBytes(8).toString('hex').toUpperCase()],
    ['HostId', randomBytes(24).toString('base64')],
  ];
  return {
    status: parts.status,
    headers: { 'content-type': 'application/xml', ...parts.headers },
    body: formatErrorDocument(elements),
  };
}

/** Turns anything thrown into an answer; anything but an S3Error is a bug in this server. */
export function answerOfError(error: unknown): Answer {
  if (error instanceof S3Error) return errorAnswer(error);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return errorAnswer({ status: 500, code: 'InternalError', message });
}

const zeros = Buffer.alloc(256 * 1024);

function* piecesOf(body: Buffer | number, pieceBytes: number): Generator<Buffer> {
  const total = typeof body === 'number' ? body : body.length;
  for (let at = 0; at < total; at += pieceBytes) {
    const end = Math.min(total, at + pieceBytes);
    yield typeof body === 'number' ? zeros.subarray(0, end - at) : body.subarray(at, end);
  }
}

async function writePieces(
  response: ServerResponse,
  body: Buffer | number,
  bytesPerSecond: number | undefined,
): Promise<void> {
  const tick = 50;
  const pieceBytes =
    bytesPerSecond === undefined
      ? zeros.length
      : Math.min(zeros.length, Math.max(1, Math.floor((bytesPerSecond * tick) / 1000)));
  for (const piece of piecesOf(body, pieceBytes)) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (bytesPerSecond !== undefined) await wait((piece.length * 1000) / bytesPerSecond);
  }
}

export interface SendOptions {
  readonly now: Date;
  readonly isHead: boolean;
  readonly closes: boolean;
  readonly bytesPerSecond: number | undefined;
  /**
   * Called when everything but the end has been written, so that the record exists before the client
   * continues.
   */
  readonly onEnd: (status: number) => void;
}

/** Writes an answer; ends quietly if the client went away. */
export async function send(response: ServerResponse, answer: Answer, options: SendOptions): Promise<void> {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : (answer.body ?? 0);
  const length = typeof body === 'number' ? body : body.length;
  const bodiless = options.isHead || answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...commonHeaders(options.now),
    ...(options.closes ? { connection: 'close' } : {}),
    ...(bodiless ? {} : { 'content-length': String(length) }),
    ...answer.headers,
  });
  const isSimple = typeof body !== 'number' && options.bytesPerSecond === undefined;
  if (!bodiless && length > 0 && !isSimple) {
    response.flushHeaders();
    await writePieces(response, body, options.bytesPerSecond);
  }
  options.onEnd(answer.status);
  if (bodiless || !isSimple) response.end();
  else response.end(body);
}
