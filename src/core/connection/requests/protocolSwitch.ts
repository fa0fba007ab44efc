import type { ClientRequest } from 'node:http';
import { MessageError } from '../../failures/message.js';

class ProtocolSwitchError extends MessageError {
  override readonly name = 'ProtocolSwitchError';
  constructor() {
    super({
      text: 'The server switched to another protocol (101), which S3 never does. Check the address and the proxy, then try again.',
    });
  }
}

/**
 * Fails a request with {@link ProtocolSwitchError} when its server answers 101, and closes its socket. Without a
 * listener for `upgrade`, Node then emits neither `response` nor `error`.
 * Source: Node's documentation of `http.ClientRequest`, "Event: 'upgrade'".
 */
export function failOnUpgrade(request: ClientRequest): void {
  request.once('upgrade', (_answer, socket) => {
    socket.destroy();
    // Node has detached the socket from the request, so destroying the request would not report an error.
    request.emit('error', new ProtocolSwitchError());
  });
}
