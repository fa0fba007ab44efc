import { env, InputBoxValidationSeverity } from 'vscode';
import type { CredentialsExpiry } from '../../core/connection/credentials/identity.js';
import { formatDuration, formatMoment } from '../../core/text/format.js';
import { commonExpiriesSeconds, exampleDateTime, parseExpiry } from '../../core/links/expiry.js';
import { showMessage } from '../messages/showMessage.js';
import { askText, pickItem } from './inputs.js';
import { back, type Back, type StepPlace } from './steps.js';
import { l10n, type InputBoxValidationMessage, type QuickPickItem } from '../messages/safeVscode.js';
import { joinText, safeText, type SafeText } from '../messages/safeText.js';

export interface ExpiryOptions {
  /** Listed first. */
  readonly preferredSeconds: number;
  readonly placeholder: SafeText;
  /** When the credentials that will sign expire, by this machine's clock; the list does not wait for it. */
  readonly credentialsExpiry: Promise<CredentialsExpiry>;
  /** The options chosen for the link, if the kind has any. */
  readonly options?: string | undefined;
}

interface ExpiryItem extends QuickPickItem {
  readonly seconds: number | 'custom' | 'options';
}

/** Asks how long a link works, in seconds; `options` if the user wants to choose options first. */
export async function pickExpiry(
  place: StepPlace,
  options: ExpiryOptions,
): Promise<number | 'options' | Back | undefined> {
  const { placeholder, credentialsExpiry } = options;
  let typed = '';
  let expiry: CredentialsExpiry | undefined;
  // Signing reports credentials that cannot be obtained.
  const later = credentialsExpiry.then(
    (known) => expiryItems(options, (expiry = known)),
    () => undefined,
  );
  for (;;) {
    const picked = await pickItem(place, {
      items: expiryItems(options, expiry),
      placeholder,
      later,
    });
    if (picked === undefined || picked === back) return picked;
    if (picked.seconds !== 'custom') return picked.seconds;
    const custom = await askCustomExpiry(place, {
      value: typed,
      credentialsExpiry: () => expiry,
      onType: (text) => {
        typed = text;
      },
    });
    if (custom !== back) return custom;
  }
}

function expiryItems(
  { preferredSeconds, options }: ExpiryOptions,
  expiry?: CredentialsExpiry,
): readonly ExpiryItem[] {
  const others = commonExpiriesSeconds.filter((seconds) => seconds !== preferredSeconds);
  const items = [preferredSeconds, ...others].map((seconds) => ({
    label: safeText(formatDuration(seconds, env.language)),
    description: describeLinkExpiry(seconds, expiry),
    seconds,
  }));
  return [
    ...items,
    { label: l10n.t('Custom...'), description: l10n.t('a duration, or a date and time'), seconds: 'custom' },
    ...(options === undefined ? [] : [optionsItem(options)]),
  ];
}

function optionsItem(chosen: string): ExpiryItem {
  const description = chosen === '' ? l10n.t('link options') : safeText(chosen);
  return { label: l10n.t('Options...'), description, seconds: 'options' };
}

/** Shown beside a duration: when a link would expire, at the chosen time or earlier with the credentials. */
function describeLinkExpiry(seconds: number, expiry: CredentialsExpiry | undefined): SafeText {
  if (expiry?.kind === 'unknown') {
    return l10n.t('until {0}, unless these temporary credentials expire sooner', expiryTime(seconds));
  }
  const earlier = earlierExpiry(seconds, expiry);
  return earlier === undefined
    ? l10n.t('until {0}', expiryTime(seconds))
    : l10n.t('but these credentials expire at {0}', earlier);
}

/** When the credentials expire, if that is earlier than a link of this length. */
function earlierExpiry(seconds: number, expiry: CredentialsExpiry | undefined): string | undefined {
  const now = new Date();
  if (expiry?.kind !== 'at' || expiry.at.getTime() >= now.getTime() + seconds * 1000) return undefined;
  return formatMoment(expiry.at, { now, locale: env.language });
}

function expiryTime(seconds: number): string {
  const now = new Date();
  return formatMoment(new Date(now.getTime() + seconds * 1000), { now, locale: env.language });
}

interface CustomExpiryOptions {
  readonly value: string;
  readonly onType: (text: string) => void;
  /** Undefined while it is not known. */
  readonly credentialsExpiry: () => CredentialsExpiry | undefined;
}

async function askCustomExpiry(
  place: StepPlace,
  { value, onType, credentialsExpiry }: CustomExpiryOptions,
): Promise<number | Back | undefined> {
  const text = await askText(
    { ...place, canGoBack: true },
    {
      prompt: l10n.t(
        'How long the link is valid, such as 90m, 1h 30m or 2d, or when it expires, such as {0}. At most 7 days.',
        exampleDateTime(new Date()),
      ),
      value,
      validate: (text) => {
        onType(text);
        return describeExpiry(text, credentialsExpiry());
      },
      isValid: (value) => 'seconds' in parseExpiry(value, new Date()),
    },
  );
  if (text === undefined || text === back) return text;
  const parsed = parseExpiry(text, new Date());
  // A time that was a second ahead may have passed; the caller asks again.
  return 'seconds' in parsed ? parsed.seconds : back;
}

function describeExpiry(text: string, expiry: CredentialsExpiry | undefined): InputBoxValidationMessage {
  const parsed = parseExpiry(text, new Date());
  if (!('seconds' in parsed))
    return { message: showMessage(parsed), severity: InputBoxValidationSeverity.Error };
  const { seconds, assumedUnit } = parsed;
  const duration = formatDuration(seconds, env.language);
  const facts = [duration, expiryTime(seconds)];
  const earlier = earlierExpiry(seconds, expiry);
  if (earlier !== undefined) {
    const message = l10n.t(
      'The link would be valid for {0}, but these credentials expire at {1}.',
      duration,
      earlier,
    );
    return { message, severity: InputBoxValidationSeverity.Warning };
  }
  const valid =
    expiry?.kind === 'unknown'
      ? l10n.t(
          'The link is valid for {0}, until {1}, unless these temporary credentials expire sooner.',
          ...facts,
        )
      : l10n.t('The link is valid for {0}, until {1}.', ...facts);
  const message =
    assumedUnit === undefined ? valid : joinText([l10n.t('A number alone means minutes.'), valid], ' ');
  return { message, severity: InputBoxValidationSeverity.Info };
}
