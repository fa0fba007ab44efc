import { env, type Uri } from 'vscode';
import { formatDuration, formatMoment, localTime } from '../../../core/text/format.js';
import { keyName } from '../../../core/storage/keys.js';
import type { Tally } from './listTally.js';
import { l10n } from '../../messages/door.js';
import { joined, type Shown } from '../../messages/shown.js';

export interface MadeList {
  readonly tally: Tally;
  /** What it is for and who signed it, as sentences name them. */
  readonly name: Shown;
  readonly signer: Shown;
  /** Undefined for the clipboard. */
  readonly file: Uri | undefined;
  /** S3's clock against this machine's. */
  readonly clockOffsetMs: number;
}

/** "Download links copied for s3://b/in/: 12. They work until 14:05 (1 hour).", and what ends them early. */
export function listSentence(made: MadeList): Shown {
  return joined([madeSentence(made), endSentence(made), ...dotSentence(made.tally)], ' ');
}

function madeSentence({ tally, name, file }: MadeList): Shown {
  const facts = [new Intl.NumberFormat(env.language).format(tally.count), name];
  if (file === undefined) return l10n.t('Download links copied for {1}: {0}.', ...facts);
  return l10n.t('Download links for {1} saved in {2}: {0}.', ...facts, keyName(file.path));
}

/** The end of the first link is what holds for all. */
function endSentence({ tally, signer, clockOffsetMs }: MadeList): Shown {
  const facts = [
    formatMoment(localTime(tally.endsAt, clockOffsetMs), { now: new Date(), locale: env.language }),
    formatDuration(tally.worksSeconds, env.language),
  ];
  switch (tally.limit) {
    case 'none':
      return l10n.t('They work until {0} ({1}).', ...facts);
    case 'credentials':
      return l10n.t('They work until {0} ({1}): the credentials of {2} end then.', ...facts, signer);
    case 'session':
      return l10n.t(
        'They work until {0} ({1}): links into a directory bucket end after five minutes.',
        ...facts,
      );
    case 'unknown':
      return l10n.t(
        'They work until {0} ({1}), or end when these temporary credentials end; when is not known.',
        ...facts,
      );
  }
}

function dotSentence({ dotted }: Tally): readonly Shown[] {
  if (dotted === 0) return [];
  return [
    l10n.t(
      'Keys with a . or .. between slashes, whose path most programs change: {0}. curl --path-as-is does not.',
      dotted,
    ),
  ];
}
