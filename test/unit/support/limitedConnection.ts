import { connect } from '../../../src/core/connection/connect.js';
import type { Connection } from '../../../src/core/connection/connection.js';
import type { RequestHandlerOptions } from '../../../src/core/connection/requests/requestHandler.js';
import { useAwsFiles } from '../../support/awsFiles.js';
import { alice } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';

/** Far longer than any test may take. */
const never = 600_000;

export interface ConnectionLimits extends Pick<RequestHandlerOptions, 'preferredTransport'> {
  readonly connectMs?: number;
  readonly silenceMs?: number;
  /** The number of attempts; defaults to that of the product. */
  readonly attempts?: number;
}

/** Opens connections of alice to any endpoint, with limits set by the test. Closes them after the test. */
export function useLimitedConnection(): (endpoint: string, limits?: ConnectionLimits) => Promise<Connection> {
  const aws = useAwsFiles();
  const open: Connection[] = [];
  afterEach(() => {
    for (const connection of open.splice(0)) connection.dispose();
  });
  return async (
    endpoint,
    { connectMs = never, silenceMs = never, preferredTransport: preferredTransport, attempts } = {},
  ) => {
    aws.write({ credentials: profileText('alice', { ...keySettings(alice), endpoint_url: endpoint }) });
    const connection = await connect(
      { kind: 'profile', name: 'alice' },
      {
        env: { AWS_MAX_ATTEMPTS: attempts?.toString() },
        version: '0.0.0',
        timeLimits: () => ({ connectMs, silenceMs }),
        preferredTransport,
      },
    );
    connection.rememberRegion('docs', 'us-east-1');
    open.push(connection);
    return connection;
  };
}
