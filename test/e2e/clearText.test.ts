import assert from 'node:assert/strict';
import type { StrictS3 } from '../servers/strictS3/server.js';
import { keySettings, profileText } from '../support/awsSettings.js';
import { alice } from '../support/identities.js';
import { useWorld, type World } from './support/world.js';

/** A profile whose store is reached over plain http. */
const clearStore = profileText('default', {
  endpoint_url: 'http://store.signpost.invalid',
  ...keySettings(alice),
});

/** A profile whose role is assumed at a host reached over plain http. */
function clearSts({ endpoint }: StrictS3): string {
  return [
    profileText('default', {
      endpoint_url: endpoint,
      role_arn: 'arn:aws:iam::123456789012:role/r',
      source_profile: 'keys',
      services: 'clear',
    }),
    profileText('services clear', { sts: { endpoint_url: 'http://sts.signpost.invalid' } }),
    profileText('profile keys', keySettings(alice)),
  ].join('');
}

describe('A host reached over plain http', () => {
  const world = useWorld({ usesLinks: false });
  testEndpoint(world);
  testSts(world);
});

function testEndpoint(world: World): void {
  it('needs consent before anything is sent; a refusal shows as a row, and consent is remembered', async () => {
    const { window } = world;
    await world.writeConfig(clearStore);
    const shown = window.openView();
    const { message } = await window.dialog();
    assert.equal(message, 'store.signpost.invalid uses http://, which is not encrypted. Use it anyway?');
    await window.clickDialogButton('Cancel');
    await shown;
    await window.problem('Nothing was sent to store.signpost.invalid').waitFor();
    await window.picture('connection 14 clear text refused');
    await window.problem('Nothing was sent to').click();
    await window.dialog();
    await window.clickDialogButton('Use http://');
    await window.problem('The host of the endpoint was not found').waitFor();
    await window.reload();
    await window.openView();
    await window.problem('The host of the endpoint was not found').waitFor();
    assert.equal(await window.page.locator('.monaco-dialog-box').count(), 0);
  });
}

function testSts(world: World): void {
  it('needs consent before anything is sent there to assume a role', async () => {
    const { window } = world;
    await world.writeConfig(clearSts(world.server));
    const shown = window.openView();
    const { message, detail } = await window.dialog();
    assert.equal(message, 'sts.signpost.invalid uses http://, which is not encrypted. Use it anyway?');
    assert.match(detail, /^Signpost requests credentials from this server/);
    await window.clickDialogButton('Cancel');
    await shown;
    await window.problem('Nothing was sent to sts.signpost.invalid').waitFor();
  });
}
