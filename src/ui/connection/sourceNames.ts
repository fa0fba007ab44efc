import type { ConnectionSource } from '../../core/connection/profiles/source.js';
import type { Connections } from './connections.js';
import { l10n } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

/** How a source is named in sentences: `profile dev`. */
export function sourceLabel(source: ConnectionSource, connections: Connections): SafeText {
  switch (source.kind) {
    case 'profile':
      return l10n.t('profile {0}', source.name);
    case 'connection':
      return l10n.t('connection {0}', sourceName(source, connections));
    case 'environment':
      return l10n.t('the environment');
  }
}

/** The name alone, as shown next to the view's title. */
export function sourceName(source: ConnectionSource, connections: Connections): SafeText {
  switch (source.kind) {
    case 'profile':
      return safeText(source.name);
    case 'connection':
      return safeText(connections.get(source.id)?.name ?? l10n.t('removed connection'));
    case 'environment':
      return l10n.t('environment');
  }
}
