import { once } from 'node:events';
import { createServer } from 'node:http';

/** A server that is not S3: it answers everything with a web page. */
export interface WebPage {
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startWebPage(): Promise<WebPage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html><head><title>Sign in</title></head><body><br>Welcome</body></html>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The web page has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
