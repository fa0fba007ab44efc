import { canonicalRequest, sign, stringToSign, type Scope } from '../servers/strictS3/canonical.js';

/** A presigned URL parsed by hand, as seen by a verifier that shares no code with the signer. */
export interface SeenLink {
  readonly host: string;
  /** Decoded. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

export function takeApart(url: string): SeenLink {
  const [, host = '', rawPath = '', rawQuery = ''] = /^https?:\/\/([^/]+)([^?]*)\?(.*)$/.exec(url) ?? [];
  const query = rawQuery.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [decodeURIComponent(name), decodeURIComponent(value)] as const;
  });
  return { host, path: decodeURIComponent(rawPath), query };
}

export function valueOf(link: SeenLink, name: string): string {
  return link.query.find(([candidate]) => candidate === name)?.[1] ?? '';
}

export function scopeOf(link: SeenLink): Scope {
  const [accessKeyId = '', date = '', region = '', service = ''] = valueOf(link, 'X-Amz-Credential').split(
    '/',
  );
  return { accessKeyId, date, region, service };
}

/** The signature that this link must have: AWS's "Authenticating Requests: Using Query Parameters". */
export function expectedSignature(
  link: SeenLink,
  options: {
    readonly method: string;
    readonly secretAccessKey: string;
    readonly headers?: Record<string, string>;
  },
): string {
  const request = {
    method: options.method,
    target: '',
    path: link.path,
    query: link.query,
    headers: new Map(Object.entries({ ...options.headers, host: link.host })),
    bucket: undefined,
    key: undefined,
  };
  const canonical = canonicalRequest(request, {
    signedHeaders: valueOf(link, 'X-Amz-SignedHeaders').split(';'),
    payloadHash: 'UNSIGNED-PAYLOAD',
  });
  const scope = scopeOf(link);
  return sign(stringToSign(canonical, scope, valueOf(link, 'X-Amz-Date')), scope, options.secretAccessKey);
}
