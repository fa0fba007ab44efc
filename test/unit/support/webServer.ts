import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { portOf } from '../../support/countingProxy.js';

/**
 * Starts servers that are not S3; gives their endpoints. They end with the test. `onExpect` answers requests
 * with an Expect header.
 */
export function useListener(): (answer: RequestListener, onExpect?: RequestListener) => Promise<string> {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });
  return async (answer, onExpect) => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    if (onExpect !== undefined) server.on('checkContinue', onExpect);
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${portOf(server.address())}`;
  };
}

/** Answers everything with one page, or with nothing, until the test ends; gives the endpoint. */
export function useWebServer(): (status: number, page: string) => Promise<string> {
  const listen = useListener();
  return (status, page) =>
    listen((_request, response) => {
      response.writeHead(status, page === '' ? {} : { 'content-type': 'text/html' }).end(page);
    });
}
