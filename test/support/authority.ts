import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.js';

export interface Authority {
  /** The path of the authority's own certificate, as a `ca_bundle` names it. */
  readonly bundle: string;
  /** A certificate for 127.0.0.1 that the authority signed, and its key. */
  readonly tls: { readonly key: string; readonly cert: string };
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export interface AuthorityOptions {
  /** A host that the server's certificate also covers, with its subdomains. */
  readonly host?: string;
  /** Covers that host only, and not 127.0.0.1. */
  readonly isElsewhere?: boolean;
  /** How many days the certificate is valid; negative for one that has expired. */
  readonly days?: number;
}

/** Creates a certificate authority in a folder, and a server certificate signed by it. */
export async function makeAuthority(
  folder: string,
  { host, isElsewhere = false, days = 30 }: AuthorityOptions = {},
): Promise<Authority> {
  const path = (name: string) => join(folder, name);
  const openssl = async (...args: readonly string[]) => {
    const { exitCode, stderr } = await run('openssl', args);
    assert.equal(exitCode, 0, stderr);
  };
  const authority = ['-keyout', path('ca.key'), '-out', path('ca.pem'), '-subj', '/CN=Signpost Test CA'];
  await openssl('req', '-x509', ...newKey, ...authority);
  await openssl(
    'req',
    ...newKey,
    '-keyout',
    path('key.pem'),
    '-out',
    path('request.pem'),
    '-subj',
    '/CN=127.0.0.1',
  );
  const names = [
    ...(isElsewhere ? [] : ['IP:127.0.0.1']),
    ...(host === undefined ? [] : [`DNS:${host}`, `DNS:*.${host}`]),
  ];
  writeFileSync(path('names'), `subjectAltName=${names.join()}\n`);
  const signing = [
    '-CA',
    path('ca.pem'),
    '-CAkey',
    path('ca.key'),
    '-CAcreateserial',
    '-extfile',
    path('names'),
    '-days',
    String(days),
  ];
  await openssl('x509', '-req', '-in', path('request.pem'), ...signing, '-out', path('cert.pem'));
  const read = (name: string) => readFileSync(path(name), 'utf8');
  return { bundle: path('ca.pem'), tls: { key: read('key.pem'), cert: read('cert.pem') } };
}
