import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** The hosts, existing or not, that `fetch` requests during the work, as reported by `fetch` itself. */
export async function hostsAsked(work: () => Promise<unknown>): Promise<readonly string[]> {
  const hosts = new Set<string>();
  const hear = (message: unknown) => {
    const { request } = message as { readonly request: { readonly origin: string | URL } };
    hosts.add(new URL(request.origin).hostname);
  };
  subscribe('undici:request:create', hear);
  try {
    await work();
  } finally {
    unsubscribe('undici:request:create', hear);
  }
  return [...hosts];
}
