import { env } from 'vscode';
import { formatDuration, formatMoment, localTime } from '../../core/text/format.js';
import type { Link } from '../../core/links/sign.js';
import { l10n } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

interface LinkExpiry extends Pick<Link, 'expiresAt' | 'validSeconds' | 'limit'> {
  /** The source that signed, as named in sentences. */
  readonly signer: SafeText;
  /** How far S3's clock was ahead of this machine's at signing. */
  readonly clockOffsetMs: number;
}

/** "Expires at 14:05 (in 1 hour).", for several links "They expire ...", and what makes them expire early. */
export function expirySentence(expiry: LinkExpiry, { isOne }: { readonly isOne: boolean }): SafeText {
  const facts = [
    formatMoment(localTime(expiry.expiresAt, expiry.clockOffsetMs), {
      now: new Date(),
      locale: env.language,
    }),
    formatDuration(expiry.validSeconds, env.language),
    expiry.signer,
  ];
  switch (expiry.limit) {
    case 'none':
      return isOne
        ? l10n.t('Expires at {0} (in {1}).', ...facts)
        : l10n.t('They expire at {0} (in {1}).', ...facts);
    case 'credentials':
      return isOne
        ? l10n.t('Expires at {0} (in {1}), with the credentials of {2}.', ...facts)
        : l10n.t('They expire at {0} (in {1}), with the credentials of {2}.', ...facts);
    case 'session':
      return isOne
        ? l10n.t('Expires at {0} (in {1}): links to a directory bucket last five minutes.', ...facts)
        : l10n.t('They expire at {0} (in {1}): links to a directory bucket last five minutes.', ...facts);
    case 'unknown':
      return isOne
        ? l10n.t('Expires at {0} (in {1}), unless its temporary credentials expire sooner.', ...facts)
        : l10n.t('They expire at {0} (in {1}), unless their temporary credentials expire sooner.', ...facts);
  }
}
