import { cutMiddle } from '../../text/cutMiddle.js';
import type { ParsedLink } from '../../links/parse/parsedLink.js';
import { isKnownParameter } from '../../links/parse/parameters.js';
import { isSigningField, isSecretName } from '../../links/parse/secretNames.js';
import { displayValue } from '../../links/explain/explanation.js';
import { displayKey } from '../../text/unprintable.js';

/** What a request sends in addition to the file. Every name is in one of the two lists. */
export interface SentValues {
  readonly shown: readonly (readonly [name: string, value: string])[];
  /** Names whose values prove something or unlock content. */
  readonly hidden: readonly string[];
}

/** For values that change neither access nor retention, redirects or tags. */
const maxValueLength = 100;

function isHidden(name: string): boolean {
  return isSecretName(name) || isSigningField(name);
}

/**
 * What an upload sends, beginning with what decides about the object. A parameter of the link acts like a
 * header of its name; one that S3 does not know may contain a secret of another server. The key and the
 * bucket of a form are left out, because the link's place is shown separately. Values that decide nothing are
 * cut, so that none pushes another out of sight.
 */
export function sentValuesOf(link: ParsedLink, sends: Readonly<Record<string, string>>): SentValues {
  const named = [...signedValues(link), ...Object.entries(sends)].filter(
    ([name]) => link.kind === 'url' || !/^(?:key|bucket)$/i.test(name),
  );
  const shown = named
    .filter(([name]) => !isHidden(name))
    .map(([name, value]) => {
      const text = displayKey(displayValue(name, value));
      return [name, decides(name) ? text : cutMiddle(text, maxValueLength)] as const;
    });
  return {
    shown: [...shown.filter(([name]) => decides(name)), ...shown.filter(([name]) => !decides(name))],
    hidden: named.map(([name]) => name).filter(isHidden),
  };
}

function signedValues(link: ParsedLink): readonly (readonly [name: string, value: string])[] {
  if (link.kind === 'form') return [];
  return Object.entries({ ...link.checksums, ...link.parameters }).filter(([name]) => isKnownParameter(name));
}

/** Access to the object, redirects, retention and tags, by which policies grant access. */
function decides(name: string): boolean {
  return /^(?:acl$|tagging$|(?:success_action_)?redirect$|x-[a-z]+-(?:(?:object-)?acl$|grant-|website-|object-lock-|tagging$))/i.test(
    name,
  );
}

/**
 * Whether all of it fits into a question of 30,000 characters, with the names of the link's place, each of
 * which is shown up to 7,000 characters. S3 accepts headers of 8 KB in all.
 */
export function fitsPrompt({ shown, hidden }: SentValues, place: readonly string[]): boolean {
  const lines = [...shown.map(([name, value]) => `${displayKey(name)}: ${value}`), ...hidden];
  const names = place.map((name) => displayKey(name).length);
  return (
    lines.join('\n').length <= 7000 &&
    hidden.join(', ').length <= 1500 &&
    names.every((length) => length <= 7000) &&
    names.reduce((sum, length) => sum + length, 0) <= 15_000
  );
}
