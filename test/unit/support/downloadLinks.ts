import type { DownloadLink } from '../../../src/core/transfer/link/downloadThroughLink.js';
import type { ServerUse } from '../../support/server.js';

/** A link to an object in the bucket `docs`; `fileName` is the download name in the link. */
export async function getLink(use: ServerUse, key = 'a.txt', fileName?: string): Promise<DownloadLink> {
  const kind = fileName === undefined ? 'get' : 'getAs';
  const { url } = await use.sign({ kind, bucket: 'docs', key, fileName, expiresInSeconds: 60 });
  return { url, key, headers: {} };
}
