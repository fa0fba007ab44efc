import { MessageError } from '../failures/message.js';
import { readCaBundle } from './requests/caBundle.js';
import type { ConnectOptions } from './connect.js';
import { Connection } from './connection.js';
import { checkEndpoint } from './stores/endpoint.js';
import type { Addressing } from './stores/stores.js';
import { nonEmpty } from './environment.js';
import { usesPathStyle } from './serviceSettings.js';
import { storedSigning } from './credentials/signing.js';

/** A store that is used without an AWS profile. Its keys are kept separately, in the editor's secret storage. */
export interface StoredConnection {
  /** Stays the same when the connection is renamed. */
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  readonly addressing: Addressing;
}

export interface ConnectionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export class UnknownConnectionError extends MessageError {
  override readonly name = 'UnknownConnectionError';
  override readonly remedy = 'selectProfile';
  constructor() {
    super({ text: 'The selected connection was removed. Select another one.' });
  }
}

export class MissingKeysError extends MessageError {
  override readonly name = 'MissingKeysError';
  override readonly remedy = 'editConnection';
  constructor(name: string) {
    super({
      text: 'No keys are stored on this machine for connection "{0}". Enter them again.',
      args: [name],
    });
  }
}

/**
 * Opens a connection that was added in the editor. It uses only `AWS_CA_BUNDLE` from the environment, and nothing from
 * the AWS files. Makes no request.
 * @throws EndpointError, CaBundleError
 */
export async function connectStored(
  { id, endpoint, region, addressing }: StoredConnection,
  options: ConnectOptions & { readonly keys: ConnectionKeys },
): Promise<Connection> {
  const { accessKeyId, secretAccessKey, sessionToken } = options.keys;
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const caBundle = nonEmpty(options.env.AWS_CA_BUNDLE);
  const ca = caBundle === undefined ? undefined : await readCaBundle(caBundle, options.env);
  const settings = {
    region,
    endpoint: checkEndpoint(endpoint),
    forcePathStyle: usesPathStyle(endpoint, [addressing, options.addressing]),
    useFips: false,
    useDualstack: false,
    useAccelerate: false,
    caBundle,
  };
  return new Connection({ kind: 'connection', id }, settings, {
    ...options,
    credentials: () => Promise.resolve(identity),
    ca,
    signing: storedSigning,
  });
}
