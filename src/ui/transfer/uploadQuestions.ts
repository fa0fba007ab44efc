import { env, InputBoxValidationSeverity } from 'vscode';
import { formatDistance, formatMoment } from '../../core/text/format.js';
import { formatBytes } from '../../core/text/formatEntry.js';
import { nameList } from '../../core/text/nameList.js';
import { ownValue } from '../../core/text/own.js';
import { isUsableValue, type UploadPlan } from '../../core/transfer/link/receivedUpload.js';
import { sentValuesOf } from '../../core/transfer/link/sentValues.js';
import { askText } from '../prompts/inputs.js';
import { back, runSteps, type Step } from '../prompts/steps.js';
import { l10n, window } from '../messages/safeVscode.js';
import { safeText, joinText, type SafeText } from '../messages/safeText.js';

type Values = Readonly<Record<string, string>>;

/** Asks for values that the link requires but does not contain. `undefined` means Esc. */
export function askValues(plan: UploadPlan, title: SafeText): Promise<Values | undefined> {
  const steps = plan.requiredValues.map((asked): Step<Values> => async (values, place) => {
    const problem = l10n.t('The link does not allow this value.');
    const text = await askText(place, {
      prompt: l10n.t('Enter the value of {0} that the link was signed with.', asked.name),
      value: ownValue(values, asked.name) ?? asked.suggestion,
      validate: (value) =>
        isUsableValue(plan, asked, value)
          ? undefined
          : { message: problem, severity: InputBoxValidationSeverity.Error },
      isValid: (value) => isUsableValue(plan, asked, value),
    });
    return text === undefined || text === back ? text : { ...values, [asked.name]: text };
  });
  return runSteps({ title, initial: {}, steps });
}

interface Confirmation {
  readonly values: Values;
  readonly sizeBytes: number;
}

/**
 * Shows where the file goes, until when the link works and what is sent with it. Nothing is sent before the
 * user agrees.
 */
export async function confirmUpload(plan: UploadPlan, { values, sizeBytes }: Confirmation): Promise<boolean> {
  const upload = l10n.t('Upload');
  const choice = await window.showWarningMessage(
    l10n.t('Upload {0} to {1}?', plan.fileName, plan.link.host),
    { modal: true, detail: joinText([...placeLines(plan), ...sentLines(plan, { values, sizeBytes })], '\n') },
    upload,
  );
  return choice === upload;
}

function placeLines({ link, key, isUnsure, unknownNames }: UploadPlan): readonly SafeText[] {
  const now = new Date();
  const left = formatDistance(Math.floor((link.expiresAt.getTime() - now.getTime()) / 1000), env.language);
  const { bucket, alternative } = link;
  const policyBucket = link.kind === 'form' ? link.policyBucket : undefined;
  return [
    l10n.t('Host: {0}', link.host),
    ...(policyBucket === bucket ? [] : [l10n.t('Bucket: {0}', bucket)]),
    ...(policyBucket === undefined ? [] : [l10n.t('Bucket in the policy: {0}', policyBucket)]),
    l10n.t('Key: {0}', key),
    ...(alternative === undefined
      ? []
      : [l10n.t('Or bucket {0}, key {1}', alternative.bucket, alternative.key)]),
    l10n.t('Expires: {0} (in {1})', formatMoment(link.expiresAt, { now, locale: env.language }), left),
    ...(isUnsure
      ? [l10n.t('The link does not say whether it is for uploads. Ask the person who created it.')]
      : []),
    ...(unknownNames.length === 0
      ? []
      : [
          l10n.t(
            'Signpost does not recognize these parameters or headers of the link: {0}. They may change what the server does.',
            nameList(unknownNames),
          ),
        ]),
  ];
}

function sentLines(plan: UploadPlan, { values, sizeBytes }: Confirmation): readonly SafeText[] {
  const sent = sentValuesOf(plan.link, { ...plan.sends, ...values });
  return [
    l10n.t('Size: {0}', formatBytes(sizeBytes, env.language)),
    ...sent.shown.map(([name, value]) => joinText([safeText(name), safeText(value)], ': ')),
    ...(sent.hidden.length === 0 ? [] : [l10n.t('Will be sent but not shown: {0}', sent.hidden.join(', '))]),
    ...plan.digests.map((name) => l10n.t('{0}: computed from the file', name)),
  ];
}
