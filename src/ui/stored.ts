import { isRecord } from '../core/text/own.js';

/** What VS Code gives back may be damaged, or of another version of the extension: it is read by its shape. */
type Check = (value: unknown) => boolean;

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A check for every member of a type; further members may be there. */
export function hasShape<T extends object>(
  checks: Readonly<Record<keyof T, Check>>,
): (value: unknown) => value is T {
  return (value): value is T =>
    isRecord(value) && Object.entries<Check>(checks).every(([name, check]) => check(value[name]));
}

/** The entries of a list that can be used. */
export function listOf<T>(value: unknown, isEntry: (entry: unknown) => entry is T): readonly T[] {
  return Array.isArray(value) ? value.filter(isEntry) : [];
}
