import { isRecord } from '../core/text/own.js';

/** State from VS Code may be damaged or from another version of the extension, so its shape is checked. */
type Check = (value: unknown) => boolean;

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Checks every member of a type; further members are allowed. */
export function hasShape<T extends object>(
  checks: Readonly<Record<keyof T, Check>>,
): (value: unknown) => value is T {
  return (value): value is T =>
    isRecord(value) && Object.entries<Check>(checks).every(([name, check]) => check(value[name]));
}

/** The valid entries of a list. */
export function listOf<T>(value: unknown, isEntry: (entry: unknown) => entry is T): readonly T[] {
  return Array.isArray(value) ? value.filter(isEntry) : [];
}
