import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectTimeoutError, SilentServerError, type TimeLimits } from '../../connection/requests/limits.js';
import { whenConnected } from '../../connection/requests/socketWatch.js';

/** The timeout that ended a request, if one did. */
export interface RequestLimit {
  readonly failure: Error | undefined;
}

/** Ends a request that is not connected in time, or whose connection carries no byte in either direction. */
export function limitRequest(request: ClientRequest, limits: TimeLimits): RequestLimit {
  const limit: { failure: Error | undefined } = { failure: undefined };
  const end = (failure: Error) => {
    limit.failure = failure;
    request.destroy(failure);
  };
  const connecting = setTimeout(() => {
    end(new ConnectTimeoutError(limits));
  }, limits.connectMs);
  request.once('close', () => {
    clearTimeout(connecting);
  });
  let answer: IncomingMessage | undefined;
  request.once('response', (response) => {
    answer = response;
  });
  whenConnected(request, (socket) => {
    clearTimeout(connecting);
    // The socket counts from the last byte that was read, or accepted by the system for sending.
    socket.setTimeout(limits.silenceMs);
    const onTimeout = () => {
      if (isOurTurn(request, answer)) socket.setTimeout(limits.silenceMs);
      else end(new SilentServerError(limits));
    };
    socket.on('timeout', onTimeout);
    // The socket may serve the next request.
    request.once('close', () => socket.off('timeout', onTimeout));
    onIdle(request, { socket, afterMs: limits.silenceMs }, () => {
      end(new SilentServerError(limits));
    });
  });
  return limit;
}

interface IdleOptions {
  readonly socket: Socket;
  readonly afterMs: number;
}

/**
 * Calls back when a server has sent nothing but informational answers (1xx) for that long, while no byte of
 * the request moved: each of them resets the socket's own timeout.
 */
function onIdle(request: ClientRequest, { socket, afterMs }: IdleOptions, onLimit: () => void): void {
  let since = performance.now();
  let sentBytes = socket.bytesWritten;
  request.on('information', () => {
    if (socket.bytesWritten !== sentBytes || isOurTurn(request, undefined)) {
      since = performance.now();
      sentBytes = socket.bytesWritten;
    } else if (performance.now() - since > afterMs) onLimit();
  });
}

/** Whether there is nothing to send yet: a disk is slow, or S3 was asked whether it wants the body. */
function isOurTurn(request: ClientRequest, answer: IncomingMessage | undefined): boolean {
  // What has arrived has not been read yet: a disk is slow, or the user is being asked.
  if (answer !== undefined) return answer.complete || answer.readableLength > 0;
  return !request.writableEnded && request.writableLength === 0;
}
