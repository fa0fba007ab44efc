import { l10n } from 'vscode';
import type { ConnectionSource } from '../../core/connection/source.js';
import type { Connections } from './connections.js';
import { inMessage } from '../messages/foreignText.js';

/** How a source is named in sentences: `profile dev`. */
export function sourceLabel(source: ConnectionSource, connections: Connections): string {
  switch (source.kind) {
    case 'profile':
      return l10n.t('profile {0}', inMessage(source.name));
    case 'connection':
      return l10n.t('connection {0}', sourceName(source, connections));
    case 'environment':
      return l10n.t('the environment');
  }
}

/** The name alone, as it stands beside the view's. */
export function sourceName(source: ConnectionSource, connections: Connections): string {
  switch (source.kind) {
    case 'profile':
      return inMessage(source.name);
    case 'connection':
      return inMessage(connections.get(source.id)?.name ?? l10n.t('removed connection'));
    case 'environment':
      return l10n.t('environment');
  }
}
