import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { bucketKind } from '../connection/bucketKind.js';
import type { Connection, Identity } from '../connection/connection.js';
import type { BucketSession } from '../connection/directorySessions.js';
import { MessageError } from '../failures/message.js';
import { InvalidKeyError } from '../storage/keys.js';
import type { Exchange, LinkMethod, Sends } from './exchange.js';
import { expiryProblem } from './expiry.js';
import { exchangeOf, linkKind, type LinkKindId } from './kinds.js';
import { fitLifetime, type Lifetime, type LifetimeOptions } from './lifetime.js';
import { linkKeyProblem, LinkProblemError, missingKind, targetProblem } from './linkProblem.js';
import { formSizes, signForm } from './postPolicy.js';
import { presign, type Operation } from './presign.js';
import type { LinkTarget } from './target.js';
import type { LinkHeaders } from './uploadHeaders.js';

export interface LinkRequest extends LinkTarget {
  readonly kind: LinkKindId;
  /** 1 to 604800. */
  readonly expiresInSeconds: number;
}

/**
 * A presigned URL and what is known about it. The URL and the fields are secrets: they go to the clipboard,
 * into a file that the user asked for or into a request, nowhere else.
 */
export interface Link {
  readonly kind: LinkKindId;
  readonly method: LinkMethod;
  readonly url: string;
  readonly bucket: string;
  /** The prefix for a link about one; for a form that says so, the prefix of its keys. */
  readonly key: string;
  /** Headers that have to be sent exactly as they are. Names in lower case. */
  readonly headers: LinkHeaders;
  readonly sends: Sends;
  readonly receives: Exchange['receives'];
  /** The name that a download is saved under, or that of the only file that may be uploaded. */
  readonly fileName: string | undefined;
  /** How long it works from signing; less than requested if the credentials expire first. */
  readonly validSeconds: number;
  readonly expiresAt: Date;
  /** What ends it before the requested time, see {@link Lifetime}. */
  readonly limit: Lifetime['limit'];
}

export interface SignOptions {
  /**
   * When the link becomes valid, in whole seconds for SigV4; by default S3's time as the connection knows it.
   */
  readonly now?: Date;
  /** Whether to shorten a link so that it does not outlast its credentials; true by default. */
  readonly shorten?: boolean;
  readonly signal?: AbortSignal;
}

export class InvalidExpiryError extends MessageError {
  override readonly name = 'InvalidExpiryError';
}

/**
 * Makes a link, signed for the bucket's own region. The only requests are one per bucket that learns the
 * region, one that learns S3's time if no response has given it, and those that credentials need. Credentials
 * that expire before the link are renewed first. A directory bucket takes one more request, for the session
 * that signs there.
 * @throws InvalidKeyError, LinkProblemError, InvalidExpiryError, CredentialsExpiredError, BucketError before
 * anything is signed; what the SDK throws without credentials
 */
export async function signLink(
  connection: Connection,
  request: LinkRequest,
  options: SignOptions = {},
): Promise<Link> {
  assertLink(connection, request);
  return signPrepared(request, await prepareSigning(connection, request, options));
}

/** What links that are made together share: the signer, the time of signing and the lifetime. */
export interface SigningContext extends SigningTime {
  readonly client: S3Client;
  readonly identity: Identity;
  /** Signs instead of the identity in a directory bucket. */
  readonly session: BucketSession | undefined;
}

/** Gets what signs a link, and throws what {@link signLink} throws. */
export async function prepareSigning(
  connection: Connection,
  { bucket, expiresInSeconds }: Pick<LinkRequest, 'bucket' | 'expiresInSeconds'>,
  options: SignOptions,
): Promise<SigningContext> {
  const client = await connection.clientFor(bucket, options.signal);
  const inDirectory = bucketKind(bucket).kind === 'directory';
  // The session of a directory bucket is requested in any case, and the response gives the time.
  if (options.now === undefined && !inDirectory) await connection.checkClock(bucket, options.signal);
  const now = () => wholeSecond(options.now ?? connection.clock.now());
  const requestedExpiry = new Date(now().getTime() + expiresInSeconds * 1000);
  const identity = await connection.identityUntil(requestedExpiry, options.signal);
  const session = inDirectory ? await connection.beginSession(bucket, options.signal) : undefined;
  // Read again: the credentials may have waited for the user to enter a code.
  const signedAt = now();
  const lifetime = lifetimeIn(session, expiresInSeconds, {
    credentials: identity.expiry,
    signedAt,
    shorten: options.shorten ?? true,
  });
  return { client, identity, session, signedAt, lifetime };
}

/** Signs a link that {@link assertLink} has accepted. */
export async function signPrepared(request: LinkRequest, context: SigningContext): Promise<Link> {
  const signed = await signKind(context.client, request, context);
  return { ...factsOf(request, context), ...signed };
}

/**
 * Checks all that can be checked before credentials are needed.
 * @throws InvalidKeyError, LinkProblemError, InvalidExpiryError
 */
export function assertLink(connection: Connection, { expiresInSeconds, ...request }: LinkRequest): void {
  const { kind, bucket } = request;
  const wrongKey = linkKeyProblem(kind, request);
  if (wrongKey !== undefined) throw new InvalidKeyError(wrongKey);
  const { endpoint } = connection.settings;
  const wrong = targetProblem(kind, request) ?? missingKind(kind, { endpoint, bucket });
  if (wrong !== undefined) throw new LinkProblemError(wrong);
  // The SDK signs 0, -1 and 1.5 without an error.
  const problem = expiryProblem(expiresInSeconds);
  if (problem !== undefined) throw new InvalidExpiryError(problem);
}

interface SigningTime {
  readonly signedAt: Date;
  readonly lifetime: Lifetime;
}

type Signed = Pick<Link, 'url' | 'headers' | 'sends'>;

async function signKind(
  client: S3Client,
  request: LinkRequest,
  { identity, signedAt, lifetime }: SigningTime & { readonly identity: Identity },
): Promise<Signed> {
  const { signs, headers: headersOf } = linkKind(request.kind);
  if (signs === 'form') {
    const signedExpiry = new Date(signedAt.getTime() + lifetime.signedSeconds * 1000);
    const region = await client.config.region();
    const fields = signForm(request, { keys: identity.keys, region, signedAt, expiresAt: signedExpiry });
    return { url: await bucketUrl(client, request.bucket), headers: {}, sends: formSends(request, fields) };
  }
  const signedHeaders = headersOf(request);
  const names = Object.keys(signedHeaders);
  const url = await signs.presign(request)(client, {
    expiresIn: lifetime.signedSeconds,
    signingDate: signedAt,
    // The SDK leaves content-type unsigned unless it is named, and may change the sets: each call gets its
    // own.
    signableHeaders: new Set(['host', ...names]),
    unhoistableHeaders: new Set(names.filter((name) => name.startsWith('x-amz-'))),
  });
  // Every client sends the length by itself.
  const sent = Object.entries(signedHeaders).filter(([name]) => name !== 'content-length');
  return { url, headers: Object.fromEntries(sent), sends: sendsOf(signs, request) };
}

function formSends({ contentType, form = {} }: LinkRequest, fields: Readonly<Record<string, string>>): Sends {
  const typePrefix = form.typeIsPrefix === true ? contentType : undefined;
  return { what: 'form', fields, bodyBytes: formSizes(form), typePrefix };
}

function sendsOf({ sends }: Operation, request: LinkRequest): Sends {
  switch (sends) {
    case 'nothing':
      return { what: 'nothing' };
    case 'file': {
      const only = onlyFile(request);
      return { what: 'file', bodyBytes: only && { min: only.sizeBytes, max: only.sizeBytes } };
    }
  }
}

/** The only file that may be uploaded, if the link is for one. */
function onlyFile({ kind, file }: LinkRequest): LinkRequest['file'] {
  return linkKind(kind).needs.includes('localFile') ? file : undefined;
}

/** The URL of the bucket itself, by the SDK's rules for this store: a signed one without its query. */
async function bucketUrl(client: S3Client, bucket: string): Promise<string> {
  const url = await presign(new HeadBucketCommand({ Bucket: bucket }))(client, { expiresIn: 1 });
  return url.slice(0, url.indexOf('?'));
}

/** All that is known about a link except what signs it. */
export function factsOf(request: LinkRequest, { lifetime, signedAt }: SigningTime): Omit<Link, keyof Signed> {
  const { kind, bucket, key, fileName } = request;
  const { method, receives } = exchangeOf(kind);
  const { expiresAt, limit } = lifetime;
  return {
    kind,
    method,
    receives,
    bucket,
    key,
    fileName: onlyFile(request)?.name ?? fileName,
    validSeconds: (expiresAt.getTime() - signedAt.getTime()) / 1000,
    expiresAt,
    limit,
  };
}

function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

/**
 * Links into a directory bucket are signed by a session and expire with it; all others, with the credentials.
 */
function lifetimeIn(
  session: BucketSession | undefined,
  expiresInSeconds: number,
  options: LifetimeOptions,
): Lifetime {
  if (session === undefined) return fitLifetime(expiresInSeconds, options);
  const { expiration: at } = session;
  const { credentials } = options;
  // Credentials that expire first end the session too; S3 is not known to keep it alive.
  if (credentials.kind === 'at' && credentials.at < at) return fitLifetime(expiresInSeconds, options);
  const lifetime = fitLifetime(expiresInSeconds, { ...options, credentials: { kind: 'at', at } });
  return lifetime.limit === 'credentials' ? { ...lifetime, limit: 'session' } : lifetime;
}

/**
 * The object's URL without a signature: works for public objects, and for policies and documents.
 * @throws what {@link signLink} throws
 */
export async function objectUrl(
  connection: Connection,
  target: LinkTarget,
  options: SignOptions = {},
): Promise<string> {
  // Signing and then cutting off the query gives exactly the SDK's host and path for this store, at any time.
  const now = options.now ?? connection.clock.now();
  const request = { ...target, kind: 'get', expiresInSeconds: 1 } as const;
  const { url } = await signLink(connection, request, { ...options, now });
  return url.slice(0, url.indexOf('?'));
}
