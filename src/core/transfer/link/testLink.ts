import type { ParsedUrl } from '../../links/parse/parsedLink.js';
import { readRefusal, readThroughRequest, objectSizeBytes, type ReadOptions } from './linkRequest.js';
import { headersForReading } from './receivedLink.js';
import { LinkRefusedError } from '../refusals/linkRefusedError.js';
import { parseRefusal } from '../refusals/parseRefusal.js';
import { assertNoWebPage } from './wholeObject.js';

/** What the answer to a working link says about the object. */
export interface LinkTestResult {
  /** Of the whole object; undefined if the server does not say. */
  readonly sizeBytes: number | undefined;
  readonly contentType: string | undefined;
}

/** Whether a link can be tried without changing anything: one that reads, or that may be for reading. */
export function isTestable({ methods }: ParsedUrl): boolean {
  return methods.includes('GET') || methods.includes('HEAD');
}

/**
 * Tries a link that reads by requesting its first byte: the method is signed, so S3 would refuse HEAD, and
 * `Range` needs no signature. HEAD is for a link that allows nothing else, and for one that does not say its
 * method and whose signature is not for GET. Follows no redirect.
 * @throws LinkRefusedError with S3's answer; WebPageError; ConnectTimeoutError; SilentServerError; an
 * AbortError after `signal`
 */
export async function testLink(link: ParsedUrl, options: ReadOptions): Promise<LinkTestResult> {
  if (!link.methods.includes('GET')) return ask('HEAD', link, options);
  try {
    return await ask('GET', link, options);
  } catch (error) {
    const isForOther = error instanceof LinkRefusedError && error.refusal.code === 'SignatureDoesNotMatch';
    if (!isForOther || !link.methods.includes('HEAD')) throw error;
    // If S3 refuses HEAD too, the answer to GET says why: that to HEAD has no body.
    return await ask('HEAD', link, options).catch((other: unknown) => {
      throw other instanceof LinkRefusedError && other.refusal.status === 403 ? error : other;
    });
  }
}

function ask(method: 'GET' | 'HEAD', link: ParsedUrl, options: ReadOptions): Promise<LinkTestResult> {
  const asksForByte = method === 'GET' && !link.signedHeaders.includes('range');
  const headers = asksForByte ? { ...headersForReading(link), range: 'bytes=0-0' } : headersForReading(link);
  const sent = { method, url: link.url, headers };
  return readThroughRequest(sent, options, async (answer) => {
    const { statusCode: status = 0, headers: answered } = answer;
    assertNoWebPage(answer);
    if (status === 416 || (status >= 200 && status <= 299))
      return {
        sizeBytes: objectSizeBytes(answer),
        contentType: status === 416 ? undefined : answered['content-type'],
      };
    throw parseRefusal(status, await readRefusal(answer), { use: 'test', sent, headers: answered });
  });
}
