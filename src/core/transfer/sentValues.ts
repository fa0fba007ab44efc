import type { ParsedLink } from '../links/explain/parsedLink.js';
import { isProofName, isSecretName } from '../links/explain/secretNames.js';
import { shownValue } from '../links/explain/shownValue.js';

/** What a request sends besides the file, told apart by what may be shown of it. No name is in neither. */
export interface SentValues {
  readonly shown: readonly (readonly [name: string, value: string])[];
  /** Names whose values prove something or unlock content. */
  readonly hidden: readonly string[];
}

function isHidden(name: string): boolean {
  return isSecretName(name) || isProofName(name);
}

/** What an upload sends. The key and the bucket of a form are left out: the link's place is shown as such. */
export function sentValuesOf({ kind }: ParsedLink, sends: Readonly<Record<string, string>>): SentValues {
  const named = Object.entries(sends).filter(([name]) => kind === 'url' || !/^(?:key|bucket)$/i.test(name));
  return {
    shown: named.filter(([name]) => !isHidden(name)).map(([name, value]) => [name, shownValue(name, value)]),
    hidden: named.map(([name]) => name).filter(isHidden),
  };
}
