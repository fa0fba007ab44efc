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
 * A presigned URL and what is known about it. The URL and the fields are secrets: they go to the clipboard, into a file
 * that the person asked for or into a request, nowhere else.
 */
export interface Link {
  readonly kind: LinkKindId;
  readonly method: LinkMethod;
  readonly url: string;
  readonly bucket: string;
  /** The prefix for a link about one; for a form that says so, the beginning of its keys. */
  readonly key: string;
  /** What the sender has to send with it, exactly. Names in lower case. */
  readonly headers: LinkHeaders;
  readonly sends: Sends;
  readonly receives: Exchange['receives'];
  /** What a download is saved as, or the file that may be uploaded. */
  readonly fileName: string | undefined;
  /** How long it works from when it was signed; less than asked for where the credentials end before. */
  readonly worksSeconds: number;
  readonly endsAt: Date;
  /** What ends it before the time that was asked for, see {@link Lifetime}. */
  readonly limit: Lifetime['limit'];
}

export interface SignOptions {
  /** When the link begins to live; S3's time as the connection knows it by default. SigV4 counts in whole seconds. */
  readonly now?: Date;
  /** Whether a link is signed for no longer than its credentials live; true by default. */
  readonly shorten?: boolean;
  readonly signal?: AbortSignal;
}

export class InvalidExpiryError extends MessageError {
  override readonly name = 'InvalidExpiryError';
}

/**
 * Makes a link, signed for the bucket's own region. Makes no request but the one that learns the region, once a bucket,
 * the one that learns S3's time where no answer has told it, and those that credentials need; credentials that end
 * before the link are renewed first. A directory bucket costs one request more, for the session that signs there.
 * @throws InvalidKeyError, LinkProblemError, InvalidExpiryError, CredentialsEndedError, BucketError before anything is
 * signed; what the SDK throws without credentials
 */
export async function signLink(
  connection: Connection,
  request: LinkRequest,
  options: SignOptions = {},
): Promise<Link> {
  assertLink(connection, request);
  return signDecided(request, await decide(connection, request, options));
}

/** Who signs, from when and until when: what links that are made together share. */
export interface Decision extends Moment {
  readonly client: S3Client;
  readonly identity: Identity;
  /** Signs in a directory bucket, in the place of the identity. */
  readonly session: BucketSession | undefined;
}

/** Has what signs a link, see {@link signLink}, and throws like it. */
export async function decide(
  connection: Connection,
  { bucket, expiresInSeconds }: Pick<LinkRequest, 'bucket' | 'expiresInSeconds'>,
  options: SignOptions,
): Promise<Decision> {
  const client = await connection.clientFor(bucket, options.signal);
  const inDirectory = bucketKind(bucket).kind === 'directory';
  // The session of a directory bucket is asked for in any case, and its answer tells the time.
  if (options.now === undefined && !inDirectory) await connection.checkClock(bucket, options.signal);
  const now = () => wholeSecond(options.now ?? connection.clock.now());
  const wantedEnd = new Date(now().getTime() + expiresInSeconds * 1000);
  const identity = await connection.identityUntil(wantedEnd, options.signal);
  const session = inDirectory ? await connection.beginSession(bucket, options.signal) : undefined;
  // Read again: having credentials may have taken as long as a person takes to find a code.
  const signedAt = now();
  const lifetime = lifetimeIn(session, expiresInSeconds, {
    credentials: identity.end,
    signedAt,
    shorten: options.shorten ?? true,
  });
  return { client, identity, session, signedAt, lifetime };
}

/** Signs a link that nothing can be said against, see {@link assertLink}. */
export async function signDecided(request: LinkRequest, decision: Decision): Promise<Link> {
  const signed = await signKind(decision.client, request, decision);
  return { ...factsOf(request, decision), ...signed };
}

/**
 * Everything that can be said against a link before anybody is asked for credentials.
 * @throws InvalidKeyError, LinkProblemError, InvalidExpiryError
 */
export function assertLink(connection: Connection, { expiresInSeconds, ...request }: LinkRequest): void {
  const { kind, bucket } = request;
  const wrongKey = linkKeyProblem(kind, request);
  if (wrongKey !== undefined) throw new InvalidKeyError(wrongKey);
  const { endpoint } = connection.settings;
  const wrong = targetProblem(kind, request) ?? missingKind(kind, { endpoint, bucket });
  if (wrong !== undefined) throw new LinkProblemError(wrong);
  // The SDK signs 0, -1 and 1.5 without a word.
  const problem = expiryProblem(expiresInSeconds);
  if (problem !== undefined) throw new InvalidExpiryError(problem);
}

interface Moment {
  readonly signedAt: Date;
  readonly lifetime: Lifetime;
}

type Signed = Pick<Link, 'url' | 'headers' | 'sends'>;

async function signKind(
  client: S3Client,
  request: LinkRequest,
  { identity, signedAt, lifetime }: Moment & { readonly identity: Identity },
): Promise<Signed> {
  const { signs, headers: headersOf } = linkKind(request.kind);
  if (signs === 'form') {
    const signedEnd = new Date(signedAt.getTime() + lifetime.signedSeconds * 1000);
    const region = await client.config.region();
    const fields = signForm(request, { keys: identity.keys, region, signedAt, endsAt: signedEnd });
    return { url: await bucketUrl(client, request.bucket), headers: {}, sends: formSends(request, fields) };
  }
  const signedHeaders = headersOf(request);
  const names = Object.keys(signedHeaders);
  const url = await signs.presign(request)(client, {
    expiresIn: lifetime.signedSeconds,
    signingDate: signedAt,
    // The SDK leaves content-type unsigned unless it is named; the sets are its to change, so each call gets its own.
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

/** The one file that may be uploaded, of a link that is for one. */
function onlyFile({ kind, file }: LinkRequest): LinkRequest['file'] {
  return linkKind(kind).needs.includes('localFile') ? file : undefined;
}

/** The address of the bucket itself, by the SDK's rules for this store: a signed one without what signs it. */
async function bucketUrl(client: S3Client, bucket: string): Promise<string> {
  const url = await presign(new HeadBucketCommand({ Bucket: bucket }))(client, { expiresIn: 1 });
  return url.slice(0, url.indexOf('?'));
}

/** All that is known of a link but what signs it. */
export function factsOf(request: LinkRequest, { lifetime, signedAt }: Moment): Omit<Link, keyof Signed> {
  const { kind, bucket, key, fileName } = request;
  const { method, receives } = exchangeOf(kind);
  const { endsAt, limit } = lifetime;
  return {
    kind,
    method,
    receives,
    bucket,
    key,
    fileName: onlyFile(request)?.name ?? fileName,
    worksSeconds: (endsAt.getTime() - signedAt.getTime()) / 1000,
    endsAt,
    limit,
  };
}

function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

/** Links into a directory bucket are signed by a session, and end with it; everywhere else by the credentials. */
function lifetimeIn(
  session: BucketSession | undefined,
  expiresInSeconds: number,
  options: LifetimeOptions,
): Lifetime {
  if (session === undefined) return fitLifetime(expiresInSeconds, options);
  const { expiration: at } = session;
  const { credentials } = options;
  // Credentials that end first end the session too; S3 is not known to let it go on.
  if (credentials.kind === 'at' && credentials.at < at) return fitLifetime(expiresInSeconds, options);
  const lifetime = fitLifetime(expiresInSeconds, { ...options, credentials: { kind: 'at', at } });
  return lifetime.limit === 'credentials' ? { ...lifetime, limit: 'session' } : lifetime;
}

/** The object's address without anything that signs it: works for public objects, and for policies and documents. */
export async function objectUrl(
  connection: Connection,
  target: LinkTarget,
  options: SignOptions = {},
): Promise<string> {
  // Signing and cutting the query off gives exactly the host and path that the SDK uses for this store, at any time.
  const now = options.now ?? connection.clock.now();
  const request = { ...target, kind: 'get', expiresInSeconds: 1 } as const;
  const { url } = await signLink(connection, request, { ...options, now });
  return url.slice(0, url.indexOf('?'));
}
