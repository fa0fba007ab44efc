/** What `Sign In` may be given. */
export interface SignInOptions {
  /** What failed for want of the sign-in, and is done again after it. */
  readonly again?: (() => Promise<void>) | undefined;
}

/**
 * From the arguments of the command, which may be a row too. Undefined where there are none: the person asked for a
 * sign-in by name, whether the last one holds or not.
 */
export function readSignInOptions([given]: readonly unknown[]): SignInOptions | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { again } = given as Readonly<Record<string, unknown>>;
  return { again: typeof again === 'function' ? (again as () => Promise<void>) : undefined };
}
