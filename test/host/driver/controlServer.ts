import { isCall, serveCalls, type CallServer } from '../calls.js';
import { ACTIONS, perform, type DrivenWindow } from './actions.js';
import type { DriverAction, DriverActions } from './protocol.js';

type Request<Action extends DriverAction> = { readonly action: Action } & DriverActions[Action]['ask'];

/** Starts the server through which tests drive the window; requests wait until it has opened. */
export function startControlServer(opened: Promise<DrivenWindow>): Promise<CallServer> {
  return serveCalls(async (ask) => {
    if (!isRequest(ask)) throw new Error('Unknown action.');
    return perform(await opened, ask.action, ask);
  });
}

/** The client's other fields are typed by the same table. */
function isRequest(ask: unknown): ask is Request<DriverAction> {
  return isCall(ask, ACTIONS);
}
