import { env } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import type { Connection } from '../../core/connection/connection.js';
import { credentialsExpiry, type AwsCredentialIdentity } from '../../core/connection/credentials/identity.js';
import type { ServerClock } from '../../core/connection/requests/serverClock.js';
import type { Signing } from '../../core/connection/credentials/signing.js';
import { formatDuration, formatMoment, localTime } from '../../core/text/format.js';
import type { App } from '../app.js';
import { showMessage } from '../messages/showMessage.js';
import { identityOf } from '../connection/prepare.js';
import { logAndExplain } from '../messages/logAndExplain.js';
import { pickItem } from '../prompts/inputs.js';
import { sourceLabel } from '../connection/sourceNames.js';
import { l10n } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

type NeededApp = Pick<App, 'session' | 'connections' | 'log'>;

/**
 * Shows what signs and where requests go. Never shows a secret, and only the last four characters of the key.
 */
export async function showConnectionDetails(app: NeededApp): Promise<void> {
  const connection = await app.session.connection();
  const facts = [
    { label: l10n.t('Signs as'), description: sourceLabel(connection.source, app.connections) },
    { label: l10n.t('Signs with'), description: describeSigning(connection.signing) },
    ...(await describeCredentials(app, connection)),
    { label: l10n.t('Endpoint'), description: safeText(connection.settings.endpoint ?? l10n.t('Amazon S3')) },
    { label: l10n.t('Region'), description: safeText(connection.settings.region) },
    { label: l10n.t('Clock'), description: describeClock(connection.clock) },
  ];
  await pickItem(
    { title: l10n.t('Connection Details') },
    { items: facts, placeholder: l10n.t('Press Esc to close') },
  );
}

async function describeCredentials(
  { log, session }: NeededApp,
  connection: Connection,
): Promise<readonly { label: SafeText; description: SafeText }[]> {
  try {
    const { keys } = await identityOf(connection);
    return [
      { label: l10n.t('Access key'), description: l10n.t('ending in {0}', keys.accessKeyId.slice(-4)) },
      { label: l10n.t('Credentials'), description: describeValidity(keys, connection.clock) },
    ];
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { usesConnection } = session;
    const { message } = logAndExplain(log, { what: 'getting credentials', error, usesConnection });
    return [{ label: l10n.t('Credentials'), description: showMessage(message) }];
  }
}

/** `role arn:..., from SSO session work`: what signs, then where that gets its credentials. */
function describeSigning({ steps }: Signing): SafeText {
  const [first, ...others] = steps.map(showMessage);
  if (first === undefined) return l10n.t('none: no credentials are specified');
  return others.reduce((text, source) => l10n.t('{0}, from {1}', text, source), first);
}

function describeValidity(keys: AwsCredentialIdentity, { offsetMs }: ServerClock): SafeText {
  const end = credentialsExpiry(keys);
  switch (end.kind) {
    case 'never':
      return l10n.t('long-term');
    case 'unknown':
      return l10n.t('temporary, with an unknown expiry');
    case 'at': {
      const now = new Date();
      const at = localTime(end.at, offsetMs);
      const moment = formatMoment(at, { now, locale: env.language });
      return at <= now ? l10n.t('temporary, expired at {0}', moment) : l10n.t('temporary, until {0}', moment);
    }
  }
}

function describeClock({ offsetMs, isKnown }: ServerClock): SafeText {
  if (!isKnown) return l10n.t('not known yet');
  if (offsetMs === 0) return l10n.t('matches S3');
  const difference = formatDuration(Math.round(Math.abs(offsetMs) / 1000), env.language);
  return offsetMs > 0 ? l10n.t('{0} behind S3', difference) : l10n.t('{0} ahead of S3', difference);
}
