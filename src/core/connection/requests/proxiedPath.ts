import type { ClientRequest } from 'node:http';
import { MessageError } from '../../failures/message.js';

class ProxiedPathError extends MessageError {
  override readonly name = 'ProxiedPathError';
  constructor(host: string) {
    super({
      text: 'The proxy would change the path or host of this http:// request, so it was not sent. Use https://, or add {0} to the setting http.noProxy.',
      args: [host],
    });
  }
}

/**
 * Fails a request with {@link ProxiedPathError}, before any of it is sent, if a proxy agent has rewritten its path to
 * one with a different meaning. For plain HTTP, such agents write the path as a whole URL and parse it for that: dot
 * segments disappear, a backslash becomes a slash, and two slashes begin a host. HTTPS goes through a tunnel unchanged.
 * Sources: `http-proxy-agent`, which VS Code uses, `setRequestProps`; Node's `http.Agent` with `proxyEnv`.
 * @param path The intended path, as it is sent
 */
export function failOnOtherPath(request: ClientRequest, path: string): void {
  const origin = `http://${String(request.getHeader('host') ?? request.host)}`;
  const intended = URL.canParse(origin) ? [path, new URL(origin).origin + path] : [path];
  // Node writes the queued request after this event.
  request.once('socket', () => {
    const isSame = intended.some((target) => decodeBytes(target) === decodeBytes(request.path));
    if (!isSame) request.destroy(new ProxiedPathError(request.host));
  });
}

/** One character per byte. An agent may encode more of them without harm: S3 signs the decoded path. */
function decodeBytes(target: string): string {
  return target.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
