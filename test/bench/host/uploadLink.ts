import { Connection } from '../../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../../src/core/connection/serviceSettings.js';
import { signLink, type Link } from '../../../src/core/links/sign.js';

/** A PUT link into the bucket `bench` of a server. */
export async function uploadLink(
  endpoint: string,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<Link> {
  const env = { AWS_ENDPOINT_URL: endpoint };
  const settings = resolveServiceSettings(undefined, { services: new Map(), env });
  const connection = new Connection({ kind: 'environment' }, settings, {
    credentials: () => Promise.resolve(keys),
    version: '0.0.0',
  });
  const request = { bucket: 'bench', key: 'big.bin', kind: 'put', expiresInSeconds: 3600 } as const;
  try {
    return await signLink(connection, request, { now: new Date() });
  } finally {
    connection.dispose();
  }
}
