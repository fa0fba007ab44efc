import { parseWebAddress } from '../../connection/webAddress.js';
import { isKnownParameter } from '../../links/parse/parameters.js';
import { ownValue } from '../../text/own.js';
import type { Difference, SentRequest } from './refusal.js';

/**
 * Finds what differs by the canonical request that S3 writes into its refusal. Nothing differs if S3 received
 * exactly what was sent: then the link itself is wrong. Source of the format: AWS, "Create a signed AWS API
 * request".
 */
export function compareWithCanonical(canonical: string, sent: SentRequest): readonly Difference[] {
  const [method, path = '', query = '', ...rest] = canonical.split('\n');
  const address = parseWebAddress(sent.url);
  if ('problem' in address) return [];
  const headers = rest.slice(0, Math.max(0, rest.indexOf('')));
  return [
    ...(method === sent.method ? [] : [{ part: 'method' } as const]),
    ...(decode(path).replace(/^\//, '') === address.path ? [] : [{ part: 'path' } as const]),
    ...parameterDifferences(readParameters(query), readParameters(address.query)),
    ...headers.flatMap((line) => headerDifference(line, { ...sent.headers, host: withoutPort(address) })),
  ];
}

function parameterDifferences(
  theirs: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, string>,
): readonly Difference[] {
  const names = new Set([...theirs.keys(), ...ours.keys()]);
  return [...names]
    .filter((name) => theirs.get(name) !== ours.get(name))
    .map((name) => ({ part: 'parameter', name }));
}

/** A signed header that was not sent has no value there; one that is not known here is skipped. */
function headerDifference(line: string, sent: Readonly<Record<string, string>>): readonly Difference[] {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).toLowerCase();
  const theirs = line.slice(colon + 1);
  const ours = ownValue(sent, name);
  if (ours === undefined) return theirs === '' ? [{ part: 'missingHeader', name }] : [];
  const bare = name === 'host' ? theirs.replace(/:(?:80|443)$/, '') : theirs;
  return bare === ours.trim().replace(/\s+/g, ' ') ? [] : [{ part: 'header', name }];
}

function withoutPort({ host }: { readonly host: string }): string {
  return host.replace(/:(?:80|443)$/, '');
}

function readParameters(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').map((pair) => {
    // Servers read a plus in a query as a space.
    const [name = '', ...value] = pair.replaceAll('+', ' ').split('=');
    return [decode(name), decode(value.join('='))] as const;
  });
  return new Map(pairs.filter(([name]) => name !== '' && name !== 'X-Amz-Signature'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is missing in a request, or was added to a link, as far as it can be seen without the server. */
export function differencesByLink(
  sent: SentRequest,
  signedHeaders: readonly string[],
): readonly Difference[] {
  // Every client sends the length itself, and the date is in the query.
  const own = new Set(['content-length', 'host', ...Object.keys(sent.headers)]);
  const missing = signedHeaders.filter((name) => !own.has(name));
  const address = parseWebAddress(sent.url);
  const parameters = 'problem' in address ? [] : [...readParameters(address.query).keys()];
  const added = parameters.filter((name) => !isKnownParameter(name));
  return [
    ...missing.map((name) => ({ part: 'missingHeader', name }) as const),
    ...added.map((name) => ({ part: 'addedParameter', name }) as const),
  ];
}
