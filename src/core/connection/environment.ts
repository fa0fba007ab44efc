/** Environment variables of a process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable or a setting, trimmed; empty counts as absent. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
