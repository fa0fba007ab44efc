import { env } from 'vscode';
import { formatMoment } from '../../core/text/format.js';
import type { LinkExplanation } from '../../core/links/explain/explanation.js';
import type { Message } from '../../core/failures/message.js';
import { l10n } from '../messages/safeVscode.js';
import { plainMessage } from '../messages/showMessage.js';

/** An explanation as a page of plain text. */
export function explanationText({ title, facts, conditions, warnings }: LinkExplanation): string {
  const labels = facts.map(({ label }) => sentence({ text: label }));
  const width = Math.max(...labels.map((label) => label.length)) + 2;
  return [
    sentence(title),
    '',
    ...facts.map(({ value }, index) => `${(labels[index] ?? '').padEnd(width)}${sentence(value)}`),
    ...section(l10n.t('Policy conditions'), conditions),
    ...section(l10n.t('Warnings'), warnings),
    '',
    l10n.t('Nothing was sent. This page does not show the signature, the token or the policy.'),
    '',
  ].join('\n');
}

function section(heading: string, messages: readonly Message[]): readonly string[] {
  return messages.length === 0 ? [] : ['', heading, ...messages.map((message) => `- ${sentence(message)}`)];
}

/** Keeps foreign text on its line and makes invisible characters visible; adds the UTC form to times. */
function sentence(message: Message): string {
  return plainMessage(message, shownTime);
}

function shownTime(moment: Date): string {
  const local = formatMoment(moment, { now: new Date(), locale: env.language });
  return `${local} (${moment.toISOString().replace('.000', '')})`;
}
