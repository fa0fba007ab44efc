import { once } from 'node:events';
import { createServer, request as send, type Server } from 'node:http';
import { portOf } from '../../support/ports.js';

/** A request in transit. Header names are in lower case. */
export interface ProxiedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
}

/**
 * Starts a gateway in front of a server that changes requests as the test says; gives the gateway's endpoint,
 * which links have to be signed for.
 */
export function useTamperingProxy(): (
  endpoint: string,
  change: (passing: ProxiedRequest) => ProxiedRequest,
) => Promise<string> {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });
  return async (endpoint, change) => {
    const server = createServer((request, response) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const passing = change({ method: request.method ?? '', path: request.url ?? '', headers });
      const { hostname, port } = new URL(endpoint);
      const onward = send({ hostname, port, ...passing }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${portOf(server.address())}`;
  };
}
