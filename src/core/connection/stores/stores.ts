/** Stores that differ from S3 in what they can do, told by the host of their endpoint. */
export const stores = {
  r2: { label: 'Cloudflare R2', host: /\.r2\.cloudflarestorage\.com$/i },
  b2: { label: 'Backblaze B2', host: /\.backblazeb2\.com$/i },
} as const;

export type StoreId = keyof typeof stores;

/** The store behind an endpoint; undefined for AWS, and for stores of which nothing special is known. */
export function storeOf(endpoint: string | undefined): StoreId | undefined {
  if (endpoint === undefined) return undefined;
  const { hostname } = new URL(endpoint);
  return (Object.keys(stores) as StoreId[]).find((id) => stores[id].host.test(hostname));
}
