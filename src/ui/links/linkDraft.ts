import type { LinkKindId } from '../../core/links/kinds.js';
import type { Preset } from '../../core/links/preset.js';
import type { LinkTarget } from '../../core/links/target.js';

/** What is known of a link while questions are asked. Its key is prefilled before it is asked for. */
export interface LinkDraft extends LinkTarget {
  readonly kind: LinkKindId;
  /** Whether the key was chosen as the beginning of keys. */
  readonly isPrefix?: boolean | undefined;
  /** Where the options come from. */
  readonly preset?: Preset | undefined;
  readonly expiresInSeconds: number;
}
