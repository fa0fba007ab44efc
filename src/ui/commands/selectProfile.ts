import { commands } from 'vscode';
import { loadAwsFiles, type ProfileKind } from '../../core/connection/profiles/profiles.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import type { App } from '../app.js';
import { commandIds } from '../ids.js';
import { connectionItems } from '../connection/pickConnection.js';
import { pickItem } from '../prompts/inputs.js';
import { back } from '../prompts/steps.js';
import { l10n, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, joinText, type SafeText } from '../messages/safeText.js';

interface SourceItem extends QuickPickItem {
  /** Absent for the item that adds a connection. */
  readonly source: ConnectionSource | undefined;
}

/** Selects the source that browses and signs; remembered on this machine. */
export async function selectProfile(app: Pick<App, 'session' | 'connections'>): Promise<void> {
  const { profiles } = await loadAwsFiles();
  const current = await app.session.source();
  const items: readonly SourceItem[] = [
    ...[...profiles.values()].map(({ name, kind, settings }) => ({
      label: safeText(name),
      description: joinText(
        [kindName(kind), safeText(settings.region ?? '')].filter((fact) => fact !== ''),
        ', ',
      ),
      source: { kind: 'profile', name } as const,
    })),
    {
      label: l10n.t('Environment / default chain'),
      description: l10n.t('variables, container or instance role'),
      source: { kind: 'environment' },
    },
    ...connectionItems(app).map(({ connection, ...item }) => ({
      ...item,
      source: { kind: 'connection', id: connection.id } as const,
    })),
    {
      label: l10n.t('Add Connection...'),
      description: l10n.t('for a store without an AWS profile, such as MinIO, R2 or B2'),
      source: undefined,
    },
  ];
  const currentId = current === undefined ? undefined : formatSource(current);
  const active = items.find(({ source }) => source !== undefined && formatSource(source) === currentId);
  const picked = await pickItem(
    { title: l10n.t('Select AWS Profile') },
    {
      items,
      placeholder: l10n.t('Choose a profile or connection to list buckets and sign links'),
      active,
    },
  );
  if (picked === undefined || picked === back) return;
  if (picked.source === undefined) await commands.executeCommand(commandIds.addConnection);
  else await app.session.select(picked.source);
}

function kindName(kind: ProfileKind): SafeText {
  switch (kind) {
    case 'keys':
      return l10n.t('access keys');
    case 'sso':
      return l10n.t('single sign-on (SSO)');
    case 'role':
      return l10n.t('role');
    case 'webIdentity':
      return l10n.t('web identity role');
    case 'process':
      return l10n.t('credential process');
    case 'login':
      return l10n.t('console sign-in');
    case 'none':
      return l10n.t('no credentials');
  }
}
