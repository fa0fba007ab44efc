import assert from 'node:assert/strict';
import { proxiedHost } from '../host/s3/network.js';
import { hostileFiles } from './support/hostileWorkspace.js';
import { readLink } from '../support/signedLinks.js';
import { alice } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { useWorld } from './support/world.js';

const endpoint = `https://${proxiedHost}`;

describe('A profile, in Restricted Mode', () => {
  const world = useWorld({
    config: (_server, network) =>
      [
        profileSection('default', { credential: alice, endpoint }).trimEnd(),
        `ca_bundle = ${network?.authority ?? ''}`,
        's3 =',
        '  addressing_style = path',
        '',
      ].join('\n'),
    isBehindProxy: true,
    files: hostileFiles,
    workspaceTrust: true,
  });

  it("is reached through the user's proxy, regardless of the workspace settings", async () => {
    const { window, server } = world;
    await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await window.openView();
    await window.page.getByRole('heading', { name: 'S3: Buckets (default)' }).waitFor();
    server.clearRequests();
    await window.expand('Bucket acme-logs-2500');
    const listings = () => server.requests.filter(({ operation }) => operation === 'ListObjectsV2');
    await window.until('a listing at the server', () => Promise.resolve(listings().length > 0));
    for (const { path, accessKeyId } of listings()) {
      assert.match(path, /^\/acme-logs-2500\/?\?.*max-keys=300(?:&|$)/);
      assert.equal(accessKeyId, alice.accessKeyId);
    }
    await window.picture('restricted mode');
  });

  it('signs links for its own endpoint', async () => {
    const { window } = world;
    await window.openView();
    await window.expand('Bucket acme-uploads', 'Folder inbox');
    await window.markClipboard();
    await window.chooseInMenu('Object README.md', 'Copy Presigned GET URL...');
    const { items } = await window.quickInput(({ items }) => items.length > 0);
    assert.equal(items[0]?.label, '1 hour', 'the workspace does not choose the expiry');
    await window.press('Enter');
    await window.notification('Copied');
    const link = readLink(await window.copied());
    assert.equal(link.origin, endpoint);
    assert.equal(link.path, '/acme-uploads/inbox/README.md');
    assert.equal(link.accessKeyId, alice.accessKeyId);
  });
});
