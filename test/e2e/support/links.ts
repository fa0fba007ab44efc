/** What a test may know and print of a link. The link itself never goes into an assertion's message. */
export interface LinkFacts {
  readonly isOneUrl: boolean;
  readonly origin: string;
  readonly path: string;
  /** Names of the query's parameters. */
  readonly parameters: readonly string[];
  /** Who signed. */
  readonly accessKeyId: string;
  /** The region in the scope of the signature. */
  readonly region: string;
  readonly expiresInSeconds: number;
  readonly signedAt: Date;
}

export function readLink(text: string): LinkFacts {
  if (!URL.canParse(text)) throw new Error('What was copied is not a URL.');
  const { origin, pathname, searchParams } = new URL(text);
  const parameter = (name: string) => searchParams.get(name) ?? '';
  const [accessKeyId = '', , region = ''] = parameter('X-Amz-Credential').split('/');
  return {
    isOneUrl: /^https?:\/\/\S+$/.test(text) && text.split('://').length === 2,
    origin,
    path: decodeURIComponent(pathname),
    parameters: [...searchParams.keys()].sort(),
    accessKeyId,
    region,
    expiresInSeconds: Number(parameter('X-Amz-Expires')),
    signedAt: parseAmzDate(parameter('X-Amz-Date')),
  };
}

/** `20260131T180000Z` */
function parseAmzDate(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** The time of day at which the link ends, `14:05`, on this machine's clock. */
export function endOfLink({ signedAt, expiresInSeconds }: LinkFacts): string {
  const end = new Date(signedAt.getTime() + expiresInSeconds * 1000);
  return [end.getHours(), end.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
