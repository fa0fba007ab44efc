import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const channels = { fetch: 'undici:request:headers', 'node:http': 'http.client.response.finish' } as const;

/** Resolves when the headers of the next answer have arrived. */
export function responseStarts(through: keyof typeof channels): Promise<void> {
  const channel = channels[through];
  return new Promise((resolve) => {
    subscribe(channel, function stop() {
      unsubscribe(channel, stop);
      resolve();
    });
  });
}
