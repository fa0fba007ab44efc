import { servePage, startWebServer, type WebServer } from '../../support/webServer.js';

/** Starts a server that is not S3: it answers everything with a web page. */
export function startWebPage(): Promise<WebServer> {
  const page = '<!doctype html><html><head><title>Sign in</title></head><body><br>Welcome</body></html>';
  return startWebServer(servePage(200, page));
}
