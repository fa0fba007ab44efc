/** Variables of a process by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a variable or a setting, with empty taken as absent. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
