import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startStrictS3, type StrictCredential, type StrictS3 } from '../../servers/strictS3/server.js';
import { makeAuthority } from '../../support/authority.js';
import { startCountingProxy } from '../../support/countingProxy.js';
import { portOf } from '../../support/ports.js';

/** A host without a DNS entry: only the proxy reaches it. VS Code uses no proxy for 127.0.0.1. */
export const proxiedHost = 's3.signpost.test';

/** A server behind TLS, and a proxy that leads to it. */
export interface SecureNetwork {
  readonly server: StrictS3;
  /** The server's address, where connections are counted. */
  readonly endpoint: string;
  /** Connections accepted at that address. */
  readonly connections: number;
  readonly proxyUrl: string;
  /** A proxy that requires a user name and a password. */
  readonly closedProxyUrl: string;
  /** Targets that the proxy was asked for, as host and port. */
  readonly tunnels: readonly string[];
  /** The file of the certificate authority that has to be trusted. */
  readonly authority: string;
  close(): Promise<void>;
}

export async function startSecureNetwork(
  folder: string,
  credentials: readonly StrictCredential[],
): Promise<SecureNetwork> {
  const { bundle, tls } = await makeAuthority(folder, { host: proxiedHost });
  const server = await startStrictS3({ credentials, tls });
  const counting = await startCountingProxy(server.endpoint);
  const proxy = await startProxy(server.endpoint);
  const closedProxy = await startClosedProxy();
  return {
    server,
    endpoint: counting.endpoint.replace('http:', 'https:'),
    get connections() {
      return counting.opened;
    },
    proxyUrl: proxy.url,
    closedProxyUrl: closedProxy.url,
    tunnels: proxy.tunnels,
    authority: bundle,
    close: async () => {
      proxy.close();
      closedProxy.close();
      await counting.close();
      await server.close();
    },
  };
}

/** A proxy that leads to the same server, whatever host is requested. */
export async function startProxy(target: string) {
  const { hostname, port } = new URL(target);
  const tunnels: string[] = [];
  const plain: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near, response) => {
    const { url = '', method, headers } = near;
    plain.push(url);
    const path = url.replace(/^http:\/\/[^/]*/, '');
    const far = request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    far.on('error', () => response.destroy());
    near.pipe(far);
  });
  server.on('connect', ({ url = '' }, near: Socket) => {
    tunnels.push(url);
    const far = connect(Number(port), hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    tunnels,
    /** URLs requested without a tunnel. */
    plain,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A proxy that answers every request for a tunnel with 407. */
async function startClosedProxy() {
  const server = createServer((_request, response) => response.writeHead(407).end());
  server.on('connect', (_request, socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="signpost"\r\ncontent-length: 0\r\n\r\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
