import { ConfigurationTarget, version, workspace } from 'vscode';

export const isOldest = version.startsWith('1.104.');
/** The oldest VS Code does not have the first one. */
const httpSettings = [...(isOldest ? [] : ['systemCertificatesNode']), 'systemCertificates', 'proxy'];

/** Sets one of VS Code's own network settings; undefined resets it. */
export async function setHttp(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('http').update(name, value, ConfigurationTarget.Global);
}

/**
 * NODE_EXTRA_CA_CERTS holds the authority of the test servers; VS Code ignores it in favor of the system's.
 */
export function trustTestServers(): void {
  beforeEach(() => setHttp('systemCertificates', false));
  afterEach(async () => {
    for (const name of httpSettings) await setHttp(name, undefined);
  });
}
