import type { Connection } from '../../core/connection/connection.js';
import { isUnencrypted } from '../../core/connection/stores/endpoint.js';
import { MessageError } from '../../core/failures/message.js';
import type { Memory } from '../memory.js';
import { l10n, window } from '../messages/safeVscode.js';
import { type SafeText } from '../messages/safeText.js';

class ClearTextError extends MessageError {
  override readonly name = 'ClearTextError';
  constructor(host: string) {
    super({ text: 'Nothing was sent to {0}, because you did not allow http://.', args: [host] });
  }
}

/** What travels to a host and back. */
type ExposedContent = 'data' | 'credentials';

/**
 * Warns once about each host beyond this machine that is reached over plain http; a yes is remembered on this
 * machine.
 */
export async function confirmClearText(
  memory: Memory,
  endpoint: string,
  exposed: ExposedContent = 'data',
): Promise<boolean> {
  if (!isUnencrypted(endpoint)) return true;
  const { host } = new URL(endpoint);
  const allowed = exposed === 'data' ? host : `credentials:${host}`;
  if (memory.clearHosts.includes(allowed)) return true;
  const proceed = l10n.t('Use http://');
  const answer = await window.showWarningMessage(
    l10n.t('{0} uses http://, which is not encrypted. Use it anyway?', host),
    { modal: true, detail: exposed === 'data' ? dataDetail() : credentialsDetail() },
    proceed,
  );
  if (answer !== proceed) return false;
  // Allowing credentials over http:// implies allowing data over it.
  for (const entry of new Set([allowed, host])) await memory.addClearHost(entry);
  return true;
}

function dataDetail(): SafeText {
  return l10n.t(
    'Anyone who sees the traffic between this machine and the server can read the objects and use the links. Prefer https:// if the server supports it.',
  );
}

function credentialsDetail(): SafeText {
  return l10n.t(
    'Signpost requests credentials from this server. Anyone who sees the traffic can take and use them. Prefer https:// if the server supports it.',
  );
}

/**
 * Asks about every endpoint that a connection would send something to.
 * @throws ClearTextError if the user says no
 */
export async function allowEndpoints(
  memory: Memory,
  { settings, signing }: Pick<Connection, 'settings' | 'signing'>,
): Promise<void> {
  for (const endpoint of signing.endpoints) {
    if (!(await confirmClearText(memory, endpoint, 'credentials'))) throw refused(endpoint);
  }
  const { endpoint } = settings;
  if (endpoint !== undefined && !(await confirmClearText(memory, endpoint))) throw refused(endpoint);
}

/**
 * Asks about the host of a received link.
 * @throws ClearTextError if the user says no
 */
export async function allowLink(
  memory: Memory,
  { isSecure, host }: { readonly isSecure: boolean; readonly host: string },
): Promise<void> {
  const endpoint = `${isSecure ? 'https' : 'http'}://${host}`;
  if (!(await confirmClearText(memory, endpoint))) throw refused(endpoint);
}

function refused(endpoint: string): ClearTextError {
  return new ClearTextError(new URL(endpoint).host);
}
