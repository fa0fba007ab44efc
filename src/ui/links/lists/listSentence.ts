import { env, type Uri } from 'vscode';
import { keyName } from '../../../core/storage/keys.js';
import { expirySentence } from '../expirySentence.js';
import type { Tally } from './listTally.js';
import { l10n } from '../../messages/safeVscode.js';
import { joinText, type SafeText } from '../../messages/safeText.js';

export interface CreatedList {
  readonly tally: Tally;
  /** What it covers and the source that signed it, as named in sentences. */
  readonly name: SafeText;
  readonly signer: SafeText;
  /** Undefined for the clipboard. */
  readonly file: Uri | undefined;
  /** How far S3's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
}

/**
 * "Copied download links for s3://b/in/: 12. They expire at 14:05 (in 1 hour).", and what makes them expire
 * early.
 */
export function listSentence(made: CreatedList): SafeText {
  const { tally, signer, clockOffsetMs } = made;
  // The expiry of the first link holds for all.
  const end = expirySentence({ ...tally, signer, clockOffsetMs }, { isOne: false });
  return joinText([createdSentence(made), end, ...dotSentence(tally)], ' ');
}

function createdSentence({ tally, name, file }: CreatedList): SafeText {
  const facts = [new Intl.NumberFormat(env.language).format(tally.count), name];
  if (file === undefined) return l10n.t('Copied download links for {1}: {0}.', ...facts);
  return l10n.t('Saved download links for {1} in {2}: {0}.', ...facts, keyName(file.path));
}

function dotSentence({ dotted }: Tally): readonly SafeText[] {
  if (dotted === 0) return [];
  return [
    l10n.t(
      'Some keys ({0}) have "." or ".." between slashes, which most programs remove. Use curl --path-as-is for them.',
      dotted,
    ),
  ];
}
