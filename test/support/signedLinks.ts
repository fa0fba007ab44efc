// What a test may know and print about a link. The link itself never goes into an assertion's message.

export interface Scope {
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  readonly expiresSeconds: number;
}

/** Who signed a link, for which region, and how long it is valid. */
export function scopeOf(link: URL): Scope {
  const [accessKeyId, , region] = (link.searchParams.get('X-Amz-Credential') ?? '').split('/');
  return { accessKeyId, region, expiresSeconds: Number(link.searchParams.get('X-Amz-Expires')) };
}

/** The time in milliseconds from which a link is valid, according to the link. */
export function signedAt(link: URL): number {
  const date = link.searchParams.get('X-Amz-Date') ?? '';
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

/** What the links of a list download. */
export function textsOf(links: readonly (URL | string)[]): Promise<readonly string[]> {
  return Promise.all(links.map(async (link) => (await fetch(link)).text()));
}

export interface LinkFacts extends Scope {
  readonly isOneUrl: boolean;
  readonly origin: string;
  readonly path: string;
  /** Names of the query's parameters. */
  readonly parameters: readonly string[];
  /** The time of day at which the link expires, `14:05`, on this machine's clock. */
  readonly expiresAt: string;
}

export function readLink(text: string): LinkFacts {
  if (!URL.canParse(text)) throw new Error('What was copied is not a URL.');
  const link = new URL(text);
  const scope = scopeOf(link);
  return {
    ...scope,
    isOneUrl: /^https?:\/\/\S+$/.test(text) && text.split('://').length === 2,
    origin: link.origin,
    path: decodeURIComponent(link.pathname),
    parameters: [...link.searchParams.keys()].sort(),
    expiresAt: timeOfDay(new Date(signedAt(link) + scope.expiresSeconds * 1000)),
  };
}

/** `14:05`, on this machine's clock. */
export function timeOfDay(date: Date): string {
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
