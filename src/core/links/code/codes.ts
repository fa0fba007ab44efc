import { bucketKind } from '../../connection/bucketKind.js';
import type { Connection } from '../../connection/connection.js';
import type { Message } from '../../failures/message.js';
import { LinkFormatError } from '../formats/formats.js';
import { isInert } from '../../text/quote.js';
import { controlsRefused } from '../formats/refusals.js';
import { linkKind, type LinkKindId } from '../kinds.js';
import { assertLink, objectUrl, type LinkRequest, type SignOptions } from '../sign.js';
import { awsCli, presignsPlainGet } from './awsCli.js';
import { goSdk, signsAllHeaders } from './go.js';
import { javaSdk, refusesForms } from './java.js';
import { javaScriptSdk } from './javaScript.js';
import type { CodeInput, CodePlace } from './codeInput.js';
import { boto3 } from './python.js';
import { rubySdk } from './ruby.js';

/** A language for programs that make links. */
interface LinkCode {
  readonly label: string;
  /** The SDK or tool that the program needs. */
  readonly detail: string;
  readonly refuses: (input: CodeInput) => Message | undefined;
  readonly write: (input: CodeInput) => string;
}

const acceptsAll = () => undefined;

/** The languages in which Signpost writes programs that make links. */
export const linkCodes = {
  python: { label: 'Python', detail: 'boto3', refuses: acceptsAll, write: boto3 },
  javaScript: {
    label: 'JavaScript',
    detail: 'AWS SDK for JavaScript v3',
    refuses: acceptsAll,
    write: javaScriptSdk,
  },
  awsCli: { label: 'AWS CLI', detail: 'aws s3 presign, version 2', refuses: presignsPlainGet, write: awsCli },
  go: { label: 'Go', detail: 'AWS SDK for Go v2', refuses: signsAllHeaders, write: goSdk },
  java: { label: 'Java', detail: 'AWS SDK for Java 2.x', refuses: refusesForms, write: javaSdk },
  ruby: { label: 'Ruby', detail: 'AWS SDK for Ruby v3', refuses: acceptsAll, write: rubySdk },
} as const satisfies Record<string, LinkCode>;

export type LinkCodeId = keyof typeof linkCodes;

/** The kinds of link that programs are written for. */
export function hasCode(kind: LinkKindId): boolean {
  const { signs } = linkKind(kind);
  return signs === 'form' || signs.name === 'GetObject' || signs.name === 'PutObject';
}

/**
 * Writes a program that makes the requested link. It contains no keys, only the name of the profile.
 * @throws LinkFormatError if the language cannot make it; what {@link assertLink} and {@link objectUrl} throw
 */
export async function writeLinkCode(
  id: LinkCodeId,
  connection: Connection,
  { signal, ...request }: LinkRequest & Pick<SignOptions, 'signal'>,
): Promise<string> {
  assertLink(connection, request);
  const input = { request, place: await placeOf(connection, request.bucket, signal) };
  const { label, refuses, write }: LinkCode = linkCodes[id];
  const problem = refuses(input);
  if (problem !== undefined) throw new LinkFormatError(problem);
  const text = write(input);
  if (!isInert(text, '\n\t')) throw new LinkFormatError(controlsRefused(label));
  return text;
}

/** Derived from a URL that the connection makes, so that code and links use the same host. */
async function placeOf(
  connection: Connection,
  bucket: string,
  signal: AbortSignal | undefined,
): Promise<CodePlace> {
  const { source, settings } = connection;
  const facts = {
    region: await connection.regionOf(bucket, signal),
    isAws: settings.endpoint === undefined,
    profile: source.kind === 'profile' ? source.name : undefined,
  };
  // Every SDK derives the hosts of the other kinds from the bucket itself.
  if (bucketKind(bucket).kind !== 'bucket') return { ...facts, endpoint: undefined, forcePathStyle: false };
  const address = await objectUrl(connection, { bucket, key: 'k' }, { signal });
  const inPath = `/${bucket}/k`;
  return address.endsWith(inPath)
    ? { ...facts, endpoint: address.slice(0, -inPath.length), forcePathStyle: true }
    : { ...facts, endpoint: new URL(address.replace(`//${bucket}.`, '//')).origin, forcePathStyle: false };
}
