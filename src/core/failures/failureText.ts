import { redact, redactStart } from './redact.js';
import { displayKey } from '../text/unprintable.js';

const maxShown = 160;
const maxLogged = 500;

/** The code of a failure, such as `NoSuchBucket`. A server may send anything; only what looks like a code is shown. */
export function displayCode(code: string): string {
  return isPlainCode(code) ? code : 'unknown error';
}

/** Whether text from a server looks like a code or an identifier and not like a secret. */
export function isPlainCode(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text) && redact(text) === text;
}

/** The first line of a failure's text, redacted, for use in a message. */
export function displayDetail(text: string): string {
  const [line = ''] = redactStart(text).split('\n', 1);
  return shorten(line, maxShown);
}

/** A failure as one log line: its code, HTTP status, request ID and redacted text. */
export function logDetail(error: unknown): string {
  if (!(error instanceof Error)) return 'no error object';
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } };
  const requestId = metadata?.requestId;
  const facts = [
    displayCode(error.name),
    metadata?.httpStatusCode,
    requestId === undefined || !isPlainCode(requestId) ? undefined : requestId,
    // A failing credential_process has its command line and output in the message.
    /Credential|Token/.test(error.name)
      ? undefined
      : shorten(displayKey(redactStart(error.message)), maxLogged),
  ];
  return facts.filter((fact) => fact !== undefined).join(' ');
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 3).toWellFormed()}...`;
}
