import assert from 'node:assert/strict';
import {
  containerCredentials,
  instanceCredentials,
} from '../../../../src/core/connection/credentials/hostCredentials.js';
import { useCredentialSources } from '../../support/credentialSources.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

describe('a container or an instance that keeps sending single bytes', () => {
  const serve = useListener();
  const use = useCredentialSources();
  const { signal } = new AbortController();
  const asks: Readonly<Record<string, (endpoint: string) => Promise<unknown>>> = {
    container: (endpoint) => {
      use.aws.setEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/keys` });
      return containerCredentials(signal, 50);
    },
    instance: (endpoint) => {
      use.aws.setEnvironment({ AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint });
      return instanceCredentials({}, { signal, limitMs: 50 });
    },
  };

  for (const [what, ask] of Object.entries(asks)) {
    it(`is abandoned, and its connection closed: ${what}`, async () => {
      let open = 0;
      const endpoint = await serve((request, response) => {
        open += 1;
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 10);
        request.socket.once('close', () => {
          open -= 1;
          clearInterval(timer);
        });
      });
      assert.equal((await rejection(ask(endpoint))).name, 'CredentialServiceError');
      await poll(() => open === 0, { what: 'the end of the connections' });
    });
  }
});
