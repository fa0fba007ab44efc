import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { portOf } from './ports.js';

/** A server of raw bytes that reports on its connections. */
export interface RawServer {
  /** `127.0.0.1:` and its port. */
  readonly host: string;
  /** Connections on which something was sent so far; `fetch` opens an idle one after a cancelled request. */
  readonly asked: number;
  /** Those of them that are open. */
  readonly open: number;
}

/** Starts servers that accept every connection and call `onSocket` for it; they end with the test. */
export function useRawServer(): (onSocket: (socket: Socket) => void) => Promise<RawServer> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) {
      const closed = once(server, 'close');
      server.close();
      await closed;
    }
  });
  return async (onSocket) => {
    const own = new Set<Socket>();
    let asked = 0;
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('data', () => {
        asked += 1;
        own.add(socket);
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        own.delete(socket);
        sockets.delete(socket);
      });
      onSocket(socket);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return {
      host: `127.0.0.1:${portOf(server.address())}`,
      get asked() {
        return asked;
      },
      get open() {
        return own.size;
      },
    };
  };
}

/** Reads everything and answers nothing. */
export function staySilent(socket: Socket): void {
  socket.resume();
}

/** Begins an XML answer and stops in the middle of it. */
export function stopInBody(socket: Socket): void {
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 1000\r\n\r\n<?xml');
  });
}

const holeScript = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

/**
 * An address that accepts no further connection: a stopped process listens there, and its queue is full. Not
 * on Windows, where processes cannot be stopped.
 */
export function useBlackHole(): () => Promise<string> {
  const open: BlackHole[] = [];
  afterEach(() => {
    for (const hole of open.splice(0)) hole.close();
  });
  return async () => {
    const hole = await openBlackHole();
    open.push(hole);
    return hole.host;
  };
}

export interface BlackHole {
  /** `127.0.0.1:` and its port. */
  readonly host: string;
  close(): void;
}

/** Like {@link useBlackHole}, but the caller has to close it. */
export async function openBlackHole(): Promise<BlackHole> {
  const child = spawn(process.execPath, ['-e', holeScript], { stdio: ['ignore', 'pipe', 'inherit'] });
  const fillers: Socket[] = [];
  const port = await portPrinted(child);
  child.kill('SIGSTOP');
  for (let isTaken = true; isTaken;) {
    const filler = connect(port, '127.0.0.1');
    filler.on('error', () => undefined);
    fillers.push(filler);
    isTaken = await Promise.race([once(filler, 'connect').then(() => true), after(300)]);
  }
  return {
    host: `127.0.0.1:${port}`,
    close: () => {
      child.kill('SIGKILL');
      for (const filler of fillers) filler.destroy();
    },
  };
}

async function portPrinted(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('the process prints nothing');
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return Number(port.toString());
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, ms);
  });
}
