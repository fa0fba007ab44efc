import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { portOf } from './countingProxy.js';

/** Answers everything with one page until the test ends; gives the endpoint. */
export function useWebServer(): (status: number, page: string) => Promise<string> {
  let web: Server | undefined;
  afterEach(() => web?.close());
  return async (status, page) => {
    web = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end(page);
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    return `http://127.0.0.1:${portOf(web.address())}`;
  };
}
