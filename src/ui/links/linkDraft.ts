import type { LinkKindId } from '../../core/links/kinds.js';
import type { Preset } from '../../core/links/preset.js';
import type { LinkTarget } from '../../core/links/target.js';

/** What is known about a link while questions are asked. Its key is prefilled before the key question. */
export interface LinkDraft extends LinkTarget {
  readonly kind: LinkKindId;
  /** Whether the key was chosen as a prefix. */
  readonly isPrefix?: boolean | undefined;
  /** The preset that the options come from. */
  readonly preset?: Preset | undefined;
  readonly expiresInSeconds: number;
}
