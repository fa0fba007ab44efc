import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensurePackages } from '../../host/machine.js';
import { repositoryRoot } from '../../host/paths.js';

/** Debian's own, whatever else is called python3. */
const python = '/usr/bin/python3';

/** The packages that it needs. */
export const botocorePackages = ['python3-botocore'] as const;

/** Installs botocore if it is missing. Skips the suite if that fails, but never with CI=true. */
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

/** A link, and what botocore needs to make the same one. */
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

/** Signs with botocore, in a separate process that knows no other credentials. */
export async function signWithBotocore(asked: Asked): Promise<Answered> {
  const child = spawn(python, [join(repositoryRoot(), 'test/servers/botocore/sign.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // The CRT, which botocore uses if it is installed, reads the clock itself.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', BOTO_DISABLE_CRT: 'true' },
  });
  child.stdin.end(JSON.stringify(asked));
  const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('botocore could not sign; what it said is above');
  return JSON.parse(answer) as Answered;
}
