import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** The file in which `aws sso login` keeps a session. */
export function ssoFile(home: string, session: string): string {
  return join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`);
}

/** The file in which `aws login` keeps a session. */
export function loginFile(home: string, session: string): string {
  return join(home, '.aws', 'login', 'cache', `${createHash('sha256').update(session).digest('hex')}.json`);
}

interface LoginKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiresAt: string;
}

/** What `aws login` writes. */
export function loginToken(keys: LoginKeys, privateKey: KeyObject = loginKeyPair().privateKey): object {
  return {
    accessToken: { ...keys, accountId: '123456789012' },
    tokenType: 'aws_sigv4',
    clientId: 'arn:aws:signin:::devtools/same-device',
    refreshToken: 'refresh',
    idToken: 'id',
    dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
  };
}

/** The keys that a session of `aws login` is bound to. */
export function loginKeyPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

export function writeTokenFile(file: string, token: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(token));
}
