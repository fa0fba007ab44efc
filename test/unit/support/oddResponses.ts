import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** An answer that S3 never gives, and the message about it. */
export interface OddResponse {
  /** Answers a request that has arrived. */
  readonly answer: (socket: Socket) => void;
  readonly text: RegExp;
  /** A complete answer, after which the connection may serve another request. */
  readonly isWhole?: boolean;
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n';
const refused = 'HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/xml\r\n';
const chunked = 'transfer-encoding: chunked\r\n\r\n';
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

function send(...parts: readonly (string | Buffer)[]): (socket: Socket) => void {
  return (socket) => {
    for (const part of parts) socket.write(part);
  };
}

/** Sends a beginning and closes the connection. */
function end(text: string): (socket: Socket) => void {
  return (socket) => socket.end(text);
}

/** Sends a beginning and breaks the connection. */
function reset(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(text, () => socket.resetAndDestroy());
  };
}

/** Sends a text again and again, as fast as the client reads it. */
function flood(start: string, text: string): (socket: Socket) => void {
  const piece = text.repeat(Math.ceil(65_536 / text.length));
  return (socket) => {
    const fill = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', fill);
    socket.write(start);
    fill();
  };
}

/** Sends a text again and again, so that the connection is never silent. */
function trickle(text: string): (socket: Socket) => void {
  return (socket) => {
    const timer = setInterval(() => socket.write(text), 20);
    socket.once('close', () => {
      clearInterval(timer);
    });
  };
}

function whole(status: string, body: string | Buffer, headers = ''): (socket: Socket) => void {
  return send(`HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n`, body);
}

const silent = /^The server sent nothing for/;
const broken = /^The connection to S3 was lost or timed out/;
/** `fetch` treats 100 as an error, as the request asked for none. */
const silentOrBroken = /^The server sent nothing for|^The connection to S3 was lost or timed out/;
const switched = /switched to another protocol|^The connection to S3 was lost or timed out/;
const notHttp = /^The server's answer was not valid HTTP|^The connection to S3 was lost or timed out/;
const tooLarge = /^The server sent far more data than requested/;
const busy = /^S3 is busy/;
const notS3 = /not an S3 service/;

const manyPrefixes = '<CommonPrefixes><Prefix>a-folder/</Prefix></CommonPrefixes>'.repeat(200_000);
const zipped = `${ok}content-encoding: gzip\r\n`;

export const oddResponses: Readonly<Record<string, OddResponse>> = {
  'a switch to another protocol': {
    answer: send('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
    text: switched,
  },
  'a switch to a protocol without a name': {
    answer: send('HTTP/1.1 101 \r\n\r\n'),
    text: /./,
    isWhole: true,
  },
  '100 Continue': { answer: send('HTTP/1.1 100 Continue\r\n\r\n'), text: silentOrBroken },
  '100 Continue again and again': {
    answer: trickle('HTTP/1.1 100 Continue\r\n\r\n'),
    text: silentOrBroken,
  },
  'a flood of 100 Continue': {
    answer: flood('', 'HTTP/1.1 100 Continue\r\n\r\n'),
    text: silentOrBroken,
  },
  '102 Processing again and again': { answer: trickle('HTTP/1.1 102 Processing\r\n\r\n'), text: silent },
  'a flood of 102 Processing': { answer: flood('', 'HTTP/1.1 102 Processing\r\n\r\n'), text: silent },
  'a flood of 103 Early Hints': {
    answer: flood('', 'HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n'),
    text: silent,
  },
  'a close without an answer': { answer: end(''), text: broken },
  'a reset without an answer': { answer: reset(''), text: broken },
  'part of the status line, then a close': { answer: end('HTTP/1.1 2'), text: broken },
  'part of the headers, then a close': { answer: end(ok), text: broken },
  'part of the headers, then silence': { answer: send(ok), text: silent },
  'headers one byte at a time': {
    answer: (socket) => {
      socket.write(ok);
      trickle('x')(socket);
    },
    text: silent,
  },
  'endless headers': { answer: flood(ok, 'x-more: 1\r\n'), text: notHttp },
  'an endless header': { answer: flood(`${ok}x-more: `, 'x'), text: notHttp },
  'bytes that are not HTTP': { answer: send('\u0000\u0001\u0002 what?\r\n\r\n'), text: notHttp },
  'a flood of bytes that are not HTTP': { answer: flood('', '\u0016\u0003\u0001'), text: notHttp },
  'part of the body, then a close': { answer: end(`${ok}content-length: 9\r\n\r\n<?xml`), text: broken },
  'part of the body, then a reset': {
    answer: reset(`${ok}content-length: 9\r\n\r\n<?xml`),
    text: broken,
  },
  'part of the body, then silence': { answer: send(`${ok}content-length: 9\r\n\r\n<?xml`), text: silent },
  'part of the chunks, then a close': { answer: end(ok + chunked + chunk('<?xml')), text: broken },
  'part of the chunks, then silence': { answer: send(ok, chunked, chunk('<?xml')), text: silent },
  'a chunk with an invalid size': { answer: send(ok, chunked, 'zz\r\n'), text: notHttp },
  'a chunk of 16 EiB': { answer: send(ok, chunked, 'ffffffffffffffff\r\n<'), text: silent },
  'two Content-Length headers': {
    answer: send(ok, 'content-length: 1\r\ncontent-length: 2\r\n\r\n<?xml'),
    text: notHttp,
  },
  'a negative Content-Length': { answer: send(ok, 'content-length: -1\r\n\r\n<?xml'), text: notHttp },
  'an endless body': { answer: flood(`${ok}\r\n<?xml version="1.0"?><a>`, ' '), text: tooLarge },
  'endless elements': { answer: flood(`${ok}\r\n<?xml version="1.0"?><a>`, '<b/>'), text: tooLarge },
  'far more entries than requested': {
    answer: whole('200 OK', `<ListBucketResult><Name>docs</Name>${manyPrefixes}</ListBucketResult>`),
    text: tooLarge,
  },
  'far more text than the requested entries can have': {
    answer: whole(
      '200 OK',
      `<ListBucketResult><Name>docs</Name>${' '.repeat(9 * 1024 * 1024)}</ListBucketResult>`,
    ),
    text: tooLarge,
  },
  'an endless compressed body': {
    answer: flood(`${zipped}\r\n`, ' '),
    text: /valid HTTP|^The server sent far more/,
  },
  'an endless refusal': { answer: flood(`${refused}\r\n<Error><Message>`, 'no '), text: busy },
  'a refusal with endless elements': { answer: flood(`${refused}\r\n<Error>`, '<no/>'), text: busy },
  'part of a refusal, then a close': {
    answer: end(`${refused}content-length: 9\r\n\r\n<Er`),
    text: broken,
  },
  'part of a refusal, then silence': {
    answer: send(`${refused}content-length: 9\r\n\r\n<Er`),
    text: silent,
  },
  '204 No Content': { answer: whole('204 No Content', ''), text: notS3, isWhole: true },
  nothing: { answer: whole('200 OK', ''), text: notS3, isWhole: true },
  '304 Not Modified': { answer: send('HTTP/1.1 304 Not Modified\r\n\r\n'), text: /\.$/, isWhole: true },
  'a redirect to itself': {
    answer: whole('302 Found', '', 'location: /docs\r\n'),
    text: /instead of S3|in the place of S3|answered instead/,
    isWhole: true,
  },
  'status 999': { answer: whole('999 What', ''), text: busy, isWhole: true },
  'truncated XML': { answer: whole('200 OK', '<ListBucketResult><Na'), text: notS3, isWhole: true },
  'bytes that are not XML': {
    answer: whole('200 OK', Buffer.from([0xff, 0xfe, 0, 0x3c])),
    text: notS3,
    isWhole: true,
  },
};

/** Answers that only `fetch` unpacks. */
export const compressedResponses: Readonly<Record<string, OddResponse>> = {
  'a small body that unpacks to more than fits into memory': {
    answer: whole('200 OK', gzipSync(Buffer.alloc(100 * 1024 * 1024)), 'content-encoding: gzip\r\n'),
    text: tooLarge,
    isWhole: true,
  },
};
