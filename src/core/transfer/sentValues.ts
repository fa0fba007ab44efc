import type { ParsedLink } from '../links/explain/parsedLink.js';

/** What a request sends besides the file, told apart by what may be shown of it. No name is in neither. */
export interface SentValues {
  readonly shown: readonly (readonly [name: string, value: string])[];
  /** Names whose values prove something or unlock content. */
  readonly hidden: readonly string[];
}

/** Whole names: a header of its own, such as `x-amz-meta-customer-key`, may hold one of them. */
const secret =
  /^(?:policy|signature|awsaccesskeyid|(?:proxy-)?authorization|cookie|x-amz-(?:signature|credential|algorithm|date|security-token|(?:copy-source-)?server-side-encryption-customer-key(?:-md5)?))$/i;

/** What an upload sends. The key and the bucket of a form are left out: the link's place is shown as such. */
export function sentValuesOf({ kind }: ParsedLink, sends: Readonly<Record<string, string>>): SentValues {
  const named = Object.entries(sends).filter(([name]) => kind === 'url' || !/^(?:key|bucket)$/i.test(name));
  return {
    shown: named.filter(([name]) => !secret.test(name)),
    hidden: named.map(([name]) => name).filter((name) => secret.test(name)),
  };
}
