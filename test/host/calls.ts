import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../support/ports.js';

/** Calls by name, each with its arguments and its answer. */
type Calls<Table> = { [Name in keyof Table]: { readonly ask: object; readonly answer: unknown } };

/** A server on 127.0.0.1 through which the tests inside the extension host reach the outside. */
export interface CallServer {
  /** Its address, with an unguessable path. */
  readonly url: string;
  close(): void;
}

/** Answers each call with the result of `handle` for its JSON. */
export async function serveCalls(handle: (ask: unknown) => Promise<unknown>): Promise<CallServer> {
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    void answer(request, { path, handle }).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Context {
  readonly path: string;
  readonly handle: (ask: unknown) => Promise<unknown>;
}

async function answer(request: IncomingMessage, { path, handle }: Context) {
  if (request.method !== 'POST' || request.url !== path) return { status: 404, body: { error: 'Not here.' } };
  try {
    const ask: unknown = JSON.parse(await text(request));
    return { status: 200, body: { value: await handle(ask) } };
  } catch (error) {
    return { status: 500, body: { error: String(error) } };
  }
}

/** Whether a request names a call of the table. */
export function isCall<Table extends object>(
  ask: unknown,
  table: Table,
): ask is { readonly action: keyof Table } {
  return (
    typeof ask === 'object' &&
    ask !== null &&
    'action' in ask &&
    typeof ask.action === 'string' &&
    ask.action in table
  );
}

/** Calls what {@link serveCalls} serves at an address. */
export function callsTo<Table extends Calls<Table>>(url: string) {
  return async <Name extends keyof Table & string>(
    action: Name,
    ask: Table[Name]['ask'],
  ): Promise<Table[Name]['answer']> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ action, ...ask }) });
    const body = (await response.json()) as { value: Table[Name]['answer']; error?: string };
    if (body.error !== undefined) throw new Error(`${action}: ${body.error}`);
    return body.value;
  };
}
