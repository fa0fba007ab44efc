import { randomBytes } from 'node:crypto';
import type { StrictCredential } from '../strictS3/server.js';

export interface IssuedKeys extends StrictCredential {
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface Grant {
  readonly keys: IssuedKeys;
  readonly by: string;
}

/** Hands out temporary keys, and remembers them for the servers that accept them. */
export class KeyIssuer {
  readonly #grants: Grant[] = [];
  /** All keys handed out and those known from the start; grows. */
  readonly known: StrictCredential[];

  constructor(known: readonly StrictCredential[] = []) {
    this.known = [...known];
  }

  get grants(): readonly Grant[] {
    return this.#grants;
  }

  /** The keys that were handed out last. */
  get last(): IssuedKeys | undefined {
    return this.#grants.at(-1)?.keys;
  }

  /** Makes the servers refuse these keys. */
  end(keys: IssuedKeys): void {
    this.known.splice(this.known.indexOf(keys), 1, { ...keys, expired: true });
  }

  /** Keys that expire after this many seconds; AWS gives the expiry in whole seconds. */
  issue(by: string, lifeSeconds: number): IssuedKeys {
    const keys = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: `${randomBytes(120).toString('base64')}==`,
      expiration: new Date((Math.floor(Date.now() / 1000) + lifeSeconds) * 1000),
    };
    this.#grants.push({ keys, by });
    this.known.push(keys);
    return keys;
  }
}
