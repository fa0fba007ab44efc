import type { RequestListener } from 'node:http';
import { servePage, startWebServer, type WebServer } from '../../support/webServer.js';

/**
 * Starts servers that are not S3; gives their endpoints. They end with the test. `onExpect` answers requests
 * with an Expect header.
 */
export function useListener(): (answer: RequestListener, onExpect?: RequestListener) => Promise<string> {
  const servers: WebServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async (answer, onExpect) => {
    const server = await startWebServer(answer, onExpect);
    servers.push(server);
    return server.endpoint;
  };
}

/** Answers everything with one page, or with nothing, until the test ends; gives the endpoint. */
export function useWebServer(): (status: number, page: string) => Promise<string> {
  const listen = useListener();
  return (status, page) => listen(servePage(status, page));
}
