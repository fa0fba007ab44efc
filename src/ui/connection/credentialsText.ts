import { env } from 'vscode';
import type { CredentialsState } from '../../core/connection/credentials/identity.js';
import { formatDuration, formatMoment, localTime } from '../../core/text/format.js';
import { commandIds } from '../ids.js';
import { l10n, type Command } from '../messages/safeVscode.js';
import type { SignInOptions } from '../messages/showFailure.js';
import { withIcon, type SafeText } from '../messages/safeText.js';

/** Long-term keys are not shown. */
export type VisibleState = Exclude<CredentialsState, { kind: 'never' }>;

interface CredentialsInfo {
  /** The source they belong to. */
  readonly label: string;
  readonly state: VisibleState;
  /** They expire by S3's clock, which is ahead of this machine's by this much. */
  readonly clockOffsetMs: number;
}

interface Description {
  readonly text: SafeText;
  readonly tooltip: SafeText;
  readonly command: string | Command;
}

/** What the status bar says about temporary credentials and those that need a sign-in. */
export function describeCredentials({ label, state, clockOffsetMs }: CredentialsInfo): Description {
  const command = commandIds.showConnectionDetails;
  switch (state.kind) {
    case 'signInNeeded':
      return {
        text: withIcon('key', l10n.t('S3: Sign In')),
        tooltip: l10n.t('The sign-in for {0} expired. Click to sign in.', label),
        command: signInAgain(),
      };
    case 'unknown':
      return {
        text: withIcon('key', l10n.t('S3: temporary')),
        tooltip: l10n.t('Credentials for {0} are temporary. Their expiry is unknown.', label),
        command,
      };
    case 'at': {
      const now = new Date();
      const end = localTime(state.at, clockOffsetMs);
      const seconds = Math.floor((end.getTime() - now.getTime()) / 1000);
      if (seconds <= 0) return describeExpired(label, state.usesSignIn);
      const left = formatDuration(seconds < 60 ? seconds : seconds - (seconds % 60), env.language);
      const moment = formatMoment(end, { now, locale: env.language });
      return {
        text: withIcon('key', l10n.t('S3: {0}', left)),
        tooltip: l10n.t('Credentials for {0} expire at {1}.', label, moment),
        command,
      };
    }
  }
}

function describeExpired(label: string, usesSignIn: boolean): Description {
  if (!usesSignIn) {
    return {
      text: withIcon('key', l10n.t('S3: expired')),
      tooltip: l10n.t('Credentials for {0} expired. Click to refresh.', label),
      command: commandIds.refresh,
    };
  }
  return {
    text: withIcon('key', l10n.t('S3: Sign In')),
    tooltip: l10n.t('Credentials for {0} expired. Click to sign in.', label),
    command: signInAgain(),
  };
}

/** Opens no terminal if the user has signed in elsewhere. */
function signInAgain(): Command {
  const options: SignInOptions = {};
  return { command: commandIds.signIn, title: l10n.t('Sign In'), arguments: [options] };
}
