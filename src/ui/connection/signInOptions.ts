/** What `Sign In` may be given. */
export interface SignInOptions {
  /** Whether the sign-in may still hold, so that credentials come without a person. */
  readonly renewFirst?: boolean;
  /** What failed for want of the sign-in, and is done again after it. */
  readonly again?: (() => Promise<void>) | undefined;
}

/** From the arguments of the command, which a row or a keyboard shortcut may have too. */
export function readSignInOptions([given]: readonly unknown[]): SignInOptions {
  if (typeof given !== 'object' || given === null) return {};
  const { renewFirst, again } = given as Readonly<Record<string, unknown>>;
  return {
    renewFirst: renewFirst === true,
    again: typeof again === 'function' ? (again as () => Promise<void>) : undefined,
  };
}
