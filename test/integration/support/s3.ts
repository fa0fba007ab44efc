import { callsTo } from '../../host/calls.js';
import {
  S3_VARIABLE,
  type FaultName,
  type S3Actions,
  type SeenNetwork,
  type SeenRequest,
  type ServerName,
} from '../../host/s3/protocol.js';

/** The S3 servers outside, as a test sees and controls them. Objects and faults are on the server `home`. */
export interface S3Servers {
  requests(server?: ServerName): Promise<readonly SeenRequest[]>;
  clearRequests(): Promise<void>;
  keys(bucket: string): Promise<readonly string[]>;
  text(bucket: string, key: string): Promise<string | undefined>;
  put(bucket: string, key: string, text: string): Promise<void>;
  setSignInLife(seconds: number): Promise<void>;
  setFault(fault: FaultName): Promise<void>;
  /** Removes the fault and undoes changes to objects. */
  restore(): Promise<void>;
  network(): Promise<SeenNetwork>;
}

export function connectS3(): S3Servers {
  const url = process.env[S3_VARIABLE];
  if (url === undefined) throw new Error(`${S3_VARIABLE} does not say where the S3 servers are steered.`);
  const send = callsTo<S3Actions>(url);
  return {
    requests: (server = 'home') => send('requests', { server }),
    clearRequests: async () => {
      await Promise.all([
        send('clearRequests', { server: 'home' }),
        send('clearRequests', { server: 'other' }),
      ]);
    },
    keys: (bucket) => send('keys', { bucket }),
    text: (bucket, key) => send('text', { bucket, key }),
    put: (bucket, key, text) => send('put', { bucket, key, text }),
    setSignInLife: (seconds) => send('setSignInLife', { seconds }),
    setFault: (fault) => send('setFault', { fault }),
    restore: () => send('restore', {}),
    network: () => send('network', {}),
  };
}
