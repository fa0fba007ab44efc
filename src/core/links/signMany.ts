import { setImmediate as nextTurn } from 'node:timers/promises';
import { HttpRequest } from '@smithy/core/protocols';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import type { Connection } from '../connection/connection.js';
import { MessageError } from '../failures/message.js';
import { exchangeOf, linkKind, type ObjectKindId } from './kinds.js';
import { assertLink, prepareSigning, factsOf, signPrepared } from './sign.js';
import type { SigningContext, Link, LinkRequest, SignOptions } from './sign.js';
import type { LinkOptions } from './target.js';
import type { LinkHeaders } from './uploadHeaders.js';

export interface ManyRequest extends LinkOptions {
  readonly kind: ObjectKindId;
  readonly bucket: string;
  /** 1 to 604800, from the signing of each link. */
  readonly expiresInSeconds: number;
}

export interface ManyOptions extends SignOptions {
  /** Page by page, so that a listing can be signed while it arrives. */
  readonly keys: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
}

/** Links signed per turn of the event loop: a few milliseconds of work. */
const batchSize = 50;
const maxSigningSeconds = 60;

/**
 * Makes one link for each key, identical to what {@link signLink} would make at that time, at a tenth of its
 * cost, and yields them in batches. Between batches the event loop runs. Credentials and sessions are checked
 * at least once a minute and renewed if they expire before the links; each link has its own expiry.
 * @throws what {@link signLink} throws; an AbortError. Links yielded before remain valid.
 */
export async function* signMany(
  connection: Connection,
  request: ManyRequest,
  { keys, ...options }: ManyOptions,
): AsyncGenerator<readonly Link[]> {
  const now = () => options.now ?? connection.clock.now();
  let signing: SigningBatch | undefined;
  for await (const page of keys) {
    for (let start = 0; start < page.length; start += batchSize) {
      options.signal?.throwIfAborted();
      const piece = page.slice(start, start + batchSize);
      for (const key of piece) assertLink(connection, { ...request, key });
      if (signing === undefined || signing.isExpired(now()))
        signing = await beginSigning(connection, request, options);
      yield await signing.sign(piece);
      await nextTurn();
    }
  }
}

class KeysChangedError extends MessageError {
  override readonly name = 'KeysChangedError';
  constructor() {
    super({ text: 'The credentials changed while links were being signed. Try again.' });
  }
}

/** Any key that needs no escaping. */
const probeKey = 'probe';

async function beginSigning(
  connection: Connection,
  request: ManyRequest,
  options: SignOptions,
): Promise<SigningBatch> {
  const context = await prepareSigning(connection, request, options);
  const probe = await signPrepared({ ...request, key: probeKey }, context);
  const signing = new SigningBatch(request, { context, probe });
  const [same] = await signing.sign([probeKey]);
  // If the keys were renewed in between, the links would not work.
  if (same?.url !== probe.url) throw new KeysChangedError();
  return signing;
}

/** Signs links with the same keys and the same date. */
class SigningBatch {
  readonly #parts: UrlParts;
  readonly #headers: LinkHeaders;
  readonly #presigner: S3RequestPresigner;

  constructor(
    private readonly request: ManyRequest,
    private readonly given: { readonly context: SigningContext; readonly probe: Link },
  ) {
    const { client, identity } = given.context;
    this.#parts = urlParts(given.probe.url);
    this.#headers = linkKind(request.kind).headers({ ...request, key: probeKey });
    const { region, service } = this.#parts;
    this.#presigner = new S3RequestPresigner({
      ...client.config,
      credentials: identity.keys,
      region,
      signingName: service,
    });
  }

  /** After a tenth of a link's lifetime at most, so that no link is noticeably older than it says. */
  isExpired(now: Date): boolean {
    const { signedAt } = this.given.context;
    const signingSeconds = Math.min(maxSigningSeconds, this.given.probe.validSeconds / 10);
    return now.getTime() >= signedAt.getTime() + signingSeconds * 1000;
  }

  async sign(keys: readonly string[]): Promise<readonly Link[]> {
    const { context, probe } = this.given;
    const links: Link[] = [];
    for (const key of keys) {
      const request: LinkRequest = { ...this.request, key };
      const url = await this.#url(key);
      links.push({ ...factsOf(request, context), url, headers: probe.headers, sends: probe.sends });
    }
    return links;
  }

  async #url(key: string): Promise<string> {
    const { session, signedAt, lifetime } = this.given.context;
    const { place, origin, folder, query, beforeSignature, afterSignature, region, service } = this.#parts;
    const path = folder + escapeKey(key);
    const names = Object.keys(this.#headers);
    const ready = new HttpRequest({
      ...place,
      method: exchangeOf(this.request.kind).method,
      path,
      // A copy, because the SDK may change it.
      headers: { ...this.#headers },
      query: { ...query },
    });
    const options = {
      expiresIn: lifetime.signedSeconds,
      signingDate: signedAt,
      signingRegion: region,
      signingService: service,
      signableHeaders: new Set(['host', ...names]),
      unhoistableHeaders: new Set(names.filter((name) => name.startsWith('x-amz-'))),
    };
    const signed =
      session === undefined
        ? await this.#presigner.presign(ready, options)
        : await this.#presigner.presignWithCredentials(ready, session, options);
    const signature = String(signed.query?.[signatureName]);
    return `${origin}${path}?${beforeSignature}${signature}${afterSignature}`;
  }
}

const signatureName = 'X-Amz-Signature';

/** Parameters that signing itself adds to a query. */
const signingParameter =
  /^X-Amz-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|S3session-Token|Content-Sha256)$/i;

/** What all links of such a batch have in common, taken from one that the SDK made in full. */
interface UrlParts {
  readonly place: { readonly protocol: string; readonly hostname: string; readonly port: number | undefined };
  readonly origin: string;
  /** The path up to the key. */
  readonly folder: string;
  /** The parameters of the operation itself. */
  readonly query: Readonly<Record<string, string>>;
  /** The whole query around the signature's hexadecimal digits. */
  readonly beforeSignature: string;
  readonly afterSignature: string;
  readonly region: string;
  readonly service: string;
}

function urlParts(probe: string): UrlParts {
  const { origin, protocol, hostname, port, searchParams } = new URL(probe);
  const mark = probe.indexOf('?');
  const [, beforeSignature = '', afterSignature = ''] =
    /^(.*\bX-Amz-Signature=)[0-9a-f]+(.*)$/.exec(probe.slice(mark + 1)) ?? [];
  const [, , region = '', service = ''] = (searchParams.get('X-Amz-Credential') ?? '').split('/');
  return {
    place: { protocol, hostname, port: port === '' ? undefined : Number(port) },
    origin,
    folder: probe.slice(origin.length, mark - probeKey.length),
    query: Object.fromEntries([...searchParams].filter(([name]) => !signingParameter.test(name))),
    beforeSignature,
    afterSignature,
    region,
    service,
  };
}

/** Escapes a key in a path like the SDK: everything but RFC 3986's unreserved characters and the slash. */
function escapeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
