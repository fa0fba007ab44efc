import { env, l10n } from 'vscode';
import { formatMoment } from '../../core/format.js';
import type { LinkExplanation } from '../../core/links/explain/explanation.js';
import type { Message } from '../../core/message.js';
import { displayKey } from '../../core/storage/keys.js';

/** An explanation as a page of plain text. */
export function explanationText({ title, facts, conditions, warnings }: LinkExplanation): string {
  const labels = facts.map(({ label }) => l10n.t(label));
  const width = Math.max(...labels.map((label) => label.length)) + 2;
  return [
    sentence(title),
    '',
    ...facts.map(({ value }, index) => `${(labels[index] ?? '').padEnd(width)}${sentence(value)}`),
    ...section(l10n.t('What the policy asks for'), conditions),
    ...section(l10n.t('Warnings'), warnings),
    '',
    l10n.t('Nothing was sent. The signature, the token and the policy are left out of this page.'),
    '',
  ].join('\n');
}

function section(heading: string, messages: readonly Message[]): readonly string[] {
  return messages.length === 0 ? [] : ['', heading, ...messages.map((message) => `- ${sentence(message)}`)];
}

/** Foreign text stays on its line and shows what cannot be seen; times come with their UTC form. */
function sentence({ text, args = [] }: Message): string {
  return l10n.t(
    text,
    ...args.map((arg) => {
      if (arg instanceof Date) return shownTime(arg);
      return typeof arg === 'string' ? displayKey(arg) : arg;
    }),
  );
}

function shownTime(moment: Date): string {
  const local = formatMoment(moment, { now: new Date(), locale: env.language });
  return `${local} (${moment.toISOString().replace('.000', '')})`;
}
