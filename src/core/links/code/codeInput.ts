import { linkKind } from '../kinds.js';
import type { LinkRequest } from '../sign.js';

/** Where a link leads and which profile signs it: what an S3 client is made with. */
export interface CodePlace {
  readonly region: string;
  /** Without the bucket; absent where only the SDK knows the host. */
  readonly endpoint: string | undefined;
  /** Whether the endpoint is AWS's own, which every SDK derives from the region. */
  readonly isAws: boolean;
  readonly forcePathStyle: boolean;
  /** The profile that signs; absent where the SDK finds credentials by itself. */
  readonly profile: string | undefined;
}

/** The link that a program makes, and its place. */
export interface CodeInput {
  readonly request: LinkRequest;
  readonly place: CodePlace;
}

type Value = string | number | Readonly<Record<string, string>>;

/** Parameters of an operation, by their names in S3's model, from which all SDKs derive theirs. */
export type OperationInput = readonly (readonly [name: string, value: Value])[];

/** Whether the program makes a form upload instead of a link. */
export function isForm({ request }: CodeInput): boolean {
  return linkKind(request.kind).signs === 'form';
}

/** The operation that the link runs. */
export function operationOf({ request }: CodeInput): 'GetObject' | 'PutObject' {
  const { signs } = linkKind(request.kind);
  return signs !== 'form' && signs.name === 'PutObject' ? 'PutObject' : 'GetObject';
}

export function operationInput({ request }: CodeInput): OperationInput {
  const { signs } = linkKind(request.kind);
  return signs === 'form' ? [] : Object.entries(signs.input(request)).filter(isGiven);
}

function isGiven(entry: [string, unknown]): entry is [string, Value] {
  const [, value] = entry;
  return value !== undefined && (typeof value !== 'object' || Object.keys(value ?? {}).length > 0);
}

/** Comments that list the headers that have to be sent with the link. Names in lower case. */
export function headerComments(
  { request }: CodeInput,
  mark: string,
  write = (value: string) => value,
): readonly string[] {
  const headers = Object.entries(linkKind(request.kind).headers(request));
  return headers.length === 0
    ? []
    : [
        `${mark} Send these headers with the link:`,
        ...headers.map(([name, value]) => `${mark}   ${name}: ${write(value)}`),
      ];
}
