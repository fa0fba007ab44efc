import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service of AWS that answers on 127.0.0.1. */
export interface AwsService {
  readonly endpoint: string;
  /** Every request since the start. */
  readonly requests: readonly ServiceRequest[];
  close(): Promise<void>;
}

/** Answers each request; `undefined` leaves it without an answer until the service closes. */
export async function startService(
  answer: (request: ServiceRequest) => ServiceAnswer | undefined,
): Promise<AwsService> {
  const requests: ServiceRequest[] = [];
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(message);
    requests.push(request);
    const answered = answer(request);
    if (answered !== undefined) response.writeHead(answered.status, answered.headers).end(answered.body);
  };
  const server = createServer((message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<ServiceRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  const [path = '/', query = ''] = (message.url ?? '/').split('?');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: new Map(headers),
    body: Buffer.concat(pieces).toString(),
  };
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** A refusal in the REST-JSON protocol, which names the error in a header. */
export function jsonRefusal(
  status: number,
  code: string,
  fields: Readonly<Record<string, string>>,
): ServiceAnswer {
  return jsonAnswer(status, fields, { 'x-amzn-errortype': code });
}
