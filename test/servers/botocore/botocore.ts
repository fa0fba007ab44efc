import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensurePackages } from '../../host/machine.js';
import { repositoryRoot } from '../../host/paths.js';

/** Debian's own, whatever else goes by that name. */
const python = '/usr/bin/python3';

/** What has to be installed for it. */
export const botocorePackages = ['python3-botocore'] as const;

/** Has botocore installed where it is missing. A suite is skipped where it cannot be had, but never with CI=true. */
export function useBotocore(): void {
  before('botocore is installed', async function () {
    this.timeout(300_000);
    try {
      await ensurePackages(botocorePackages);
    } catch (error) {
      if (process.env.CI === 'true' || !(error instanceof Error)) throw error;
      console.log(`    skipped: ${error.message}`);
      this.skip();
    }
  });
}

/** A link, and what botocore has to make the same one. */
export interface UrlCase {
  readonly region: string;
  /** Empty for AWS itself. */
  readonly endpoint: string;
  readonly method: string;
  readonly expires: number;
  /** Ours, without what botocore adds by signing it. */
  readonly unsignedUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** botocore's name of the operation, and its parameters. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `yyyyMMddTHHmmssZ` */
  readonly date: string;
  readonly urls: readonly UrlCase[];
  readonly policies: readonly { readonly region: string; readonly policy: string }[];
}

export interface Answered {
  readonly version: string;
  /** `made` by botocore alone, `signed` from ours. */
  readonly urls: readonly { readonly made: string; readonly signed: string }[];
  /** Signatures. */
  readonly policies: readonly string[];
}

/** Signs with botocore, in a process of its own that knows no other credentials. */
export async function signWithBotocore(asked: Asked): Promise<Answered> {
  const child = spawn(python, [join(repositoryRoot(), 'test/servers/botocore/sign.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // The other implementation that botocore takes where it is installed reads the clock by itself.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', BOTO_DISABLE_CRT: 'true' },
  });
  child.stdin.end(JSON.stringify(asked));
  const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('botocore could not sign; what it said is above');
  return JSON.parse(answer) as Answered;
}
