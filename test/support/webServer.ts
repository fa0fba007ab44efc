import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { portOf } from './ports.js';

export interface WebServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1. `onExpect` answers requests with an Expect header. */
export async function startWebServer(
  answer: RequestListener,
  onExpect?: RequestListener,
): Promise<WebServer> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  if (onExpect !== undefined) server.on('checkContinue', onExpect);
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    async close() {
      const closed = once(server, 'close');
      server.close().closeAllConnections();
      await closed;
    },
  };
}

/** Answers everything with one page, or with nothing. */
export function servePage(status: number, page: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, page === '' ? {} : { 'content-type': 'text/html' }).end(page);
  };
}
