import { readCaBundle } from '../../core/connection/requests/caBundle.js';
import type { ReadOptions } from '../../core/transfer/link/linkRequest.js';
import type { LinkApp } from '../app.js';
import { timeLimits } from '../settings.js';

/**
 * Options for requests through links from any source. Uses the certificate authorities of the open
 * connection, else those of `AWS_CA_BUNDLE`: such links need no profile.
 * @throws CaBundleError
 */
export async function linkOptions({ session, version }: LinkApp): Promise<Omit<ReadOptions, 'signal'>> {
  const { AWS_CA_BUNDLE: path = '' } = process.env;
  const ca = session.opened?.ca ?? (path === '' ? undefined : await readCaBundle(path, process.env));
  return { ca, timeLimits: timeLimits(), userAgent: `signpost/${version}` };
}
