import { spawn, type ChildProcess } from 'node:child_process';
import { homedir } from 'node:os';
import type { AwsCredentialIdentity } from './identity.js';
import { CredentialsError } from './identity.js';
import { nonEmpty } from '../environment.js';
import { parseTimestamp } from './staticKeys.js';

/** How long a credential_process may take. The SDK waits indefinitely. */
export const processLimitMs = 60_000;
const maxOutputChars = 1024 * 1024;

export interface ProcessOptions {
  readonly profile: string;
  readonly limitMs?: number | undefined;
  /** Stops the program and everything that it started. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a `credential_process` and parses its output. Errors contain neither its command line nor its output, because
 * both may contain secrets. Format: AWS SDKs and Tools Reference Guide, "Process credential provider".
 * @throws CredentialsError, AbortError
 */
export async function runCredentialProcess(
  command: string,
  { profile, limitMs = processLimitMs, signal }: ProcessOptions,
): Promise<AwsCredentialIdentity> {
  const output = await readOutput(command, { profile, limitMs, signal });
  const identity = parseOutput(output);
  if (identity === undefined) {
    throw new CredentialsError({
      text: 'The credential_process of profile "{0}" did not print credentials in the format that AWS defines.',
      args: [profile],
    });
  }
  return identity;
}

interface Running extends ProcessOptions {
  readonly limitMs: number;
}

function readOutput(command: string, { profile, limitMs, signal }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelledError());
      return;
    }
    // Leads its own process group, except on Windows, so that everything the shell started is killed with it.
    const child = spawn(command, {
      shell: true,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
      // Windows searches the current folder for programs first, which may be that of a workspace.
      cwd: homedir(),
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output.length < maxOutputChars) output += chunk.toString();
    });
    const stop = (reason: Error) => {
      killTree(child);
      settle();
      reject(reason);
    };
    const cancel = () => {
      stop(cancelledError());
    };
    const timer = setTimeout(() => {
      stop(timeoutError(profile, limitMs));
    }, limitMs);
    signal?.addEventListener('abort', cancel, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    const end = (code: number | null) => {
      settle();
      if (code === 0) resolve(output);
      else reject(failedError(profile));
    };
    child.once('error', () => {
      end(null);
    });
    child.once('close', end);
  });
}

function cancelledError(): DOMException {
  return new DOMException('The credential_process was canceled.', 'AbortError');
}

function timeoutError(profile: string, limitMs: number): CredentialsError {
  return new CredentialsError({
    text: 'The credential_process of profile "{0}" returned no credentials within {1} seconds and was stopped.',
    args: [profile, Math.round(limitMs / 1000)],
  });
}

function failedError(profile: string): CredentialsError {
  return new CredentialsError({
    text: 'The credential_process of profile "{0}" failed. Run it in a terminal to see why.',
    args: [profile],
  });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    const kill = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    // Without a listener, the error would crash the extension host.
    kill.once('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}

function parseOutput(output: string): AwsCredentialIdentity | undefined {
  const parsed = parseJson(output);
  if (parsed?.Version !== 1) return undefined;
  const text = (name: string) => {
    const value = parsed[name];
    return typeof value === 'string' ? nonEmpty(value) : undefined;
  };
  const [accessKeyId, secretAccessKey] = [text('AccessKeyId'), text('SecretAccessKey')];
  const [sessionToken, end] = [text('SessionToken'), text('Expiration')];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const expiration = parseTimestamp(end);
  if (end !== undefined && expiration === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
  };
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
