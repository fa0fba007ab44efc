import type { ParsedLink, ParsedUrl } from '../links/explain/parsedLink.js';
import { MessageError, type Message } from '../message.js';
import type { DownloadLink } from './downloadThroughLink.js';
import { nameList } from '../nameList.js';

/** A link of somebody else that cannot be used for what it was meant to be used. Nothing was sent. */
export class UnusableLinkError extends MessageError {
  override readonly name = 'UnusableLinkError';
}

/**
 * Parameters and headers that make a request about something beside an object's content. Source: Amazon S3 API Reference.
 */
const besides =
  /^(?:x-amz-(?:copy|rename)-source.*|renameobject|append|encryption|acl|tagging|retention|legal-hold|restore|select|torrent|attributes|uploads|uploadid|partnumber|policy|cors|lifecycle|versioning|versions|website|list-type)$/;

/** Whether the link is about the content of one object. */
export function isAboutContent(link: ParsedUrl, operations: readonly string[]): boolean {
  // The parameter that names an operation is written by the SDKs alone, and servers ignore it.
  if (link.operation !== undefined && !operations.includes(link.operation)) return false;
  const names = [link.parameters, link.headers].flatMap((named) => Object.keys(named));
  return ![...names, ...link.signedHeaders].some((name) => besides.test(name.toLowerCase()));
}

/** @throws UnusableLinkError where the link worked until before `now` */
export function assertNotEnded({ endsAt }: ParsedLink, now: Date): void {
  if (endsAt > now) return;
  refuse({
    text: 'The link has ended: it worked until {0}. Nothing was sent. Ask for another one.',
    args: [endsAt],
  });
}

export function refuse(message: Message): never {
  throw new UnusableLinkError(message);
}

/**
 * What is needed to download through a link that somebody handed over.
 * @throws UnusableLinkError with the reason
 */
export function planDownload(link: ParsedLink, now: Date): DownloadLink {
  if (link.kind === 'form')
    return refuse({ text: 'This is a form for uploads, which gives nothing to download.' });
  if (!link.methods.includes('GET'))
    return refuse({
      text: 'This link is for {0}, not for a download (GET). Ask for a link that downloads.',
      args: [link.methods.join(', ')],
    });
  if (link.key === '' || !isAboutContent(link, ['GetObject']))
    return refuse({ text: 'This link gives no object, but something about a bucket or an object.' });
  assertNotEnded(link, now);
  const missing = link.signedHeaders.filter((name) => !Object.hasOwn(link.headers, name));
  if (missing.length > 0)
    return refuse({
      text: 'Whoever uses this link has to send headers with the values that were signed ({0}), which it does not tell. Ask for a link without them.',
      args: [nameList(missing)],
    });
  return { url: link.url, key: link.key, headers: link.headers };
}
