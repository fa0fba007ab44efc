import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { rootCertificates } from 'node:tls';
import { MessageError, type Explanation, type SignerKind } from '../../failures/message.js';
import type { Environment } from '../environment.js';
import { pathFromHome } from '../profiles/homeFolder.js';

export class CaBundleError extends MessageError {
  override readonly name = 'CaBundleError';
  override readonly remedy = 'openAwsConfig';

  /** The bundle of a connection is named in the environment, which editing the connection does not change. */
  override explain(signer: SignerKind): Explanation {
    return signer === 'connection' ? { message: this.userMessage, remedy: 'retry' } : super.explain(signer);
  }
}

/**
 * The certificate authorities of a `ca_bundle`, and those that Node trusts by default. The AWS CLI trusts only the
 * bundle, but then a bundle written for one private store would block AWS.
 * @throws CaBundleError if the file cannot be read or contains no certificate
 */
export async function readCaBundle(path: string, env: Environment): Promise<readonly string[]> {
  const full = pathFromHome(path, env);
  // A relative path would mean a different file in each workspace.
  if (!isAbsolute(full)) {
    throw new CaBundleError({ text: 'The path of the CA bundle "{0}" is not absolute.', args: [path] });
  }
  const text = await readFile(full, 'utf8').catch(() => {
    throw new CaBundleError({ text: 'The CA bundle "{0}" cannot be read.', args: [path] });
  });
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new CaBundleError({ text: 'The CA bundle "{0}" contains no usable certificates.', args: [path] });
  }
  return [...rootCertificates, ...certificates];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.byteLength > 0;
  } catch {
    return false;
  }
}
