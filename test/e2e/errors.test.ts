import assert from 'node:assert/strict';
import { startStrictS3 } from '../servers/strictS3/server.js';
import { assertNoErrors } from './support/noErrors.js';
import { startWebPage } from './support/webPage.js';
import { alice, dave, temporary, wrongSecret } from '../support/identities.js';
import type { WebServer } from '../support/webServer.js';
import { credentials, profileSection } from './support/profiles.js';
import { useWorld, type World } from './support/world.js';

describe('When there is nothing to list', () => {
  const world = useWorld({ usesLinks: false });
  before(() => world.window.openView());
  testUnknownProfile(world);
  testRefusals(world);
  testWrongEndpoint(world);
  testServerDown(world);
  testSwitch(world);
});

/** Signpost picks up the change of the AWS files without a message. */
async function showProblem(
  world: World,
  { config, sentence }: { config: string; sentence: string },
): Promise<void> {
  const { window } = world;
  await world.writeConfig(config);
  await window.problem(sentence).waitFor();
  await window.picture(`error ${sentence}`);
  await assertNoErrors(world);
}

async function selectProfile({ window }: World, name: string): Promise<void> {
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose(name);
}

function testUnknownProfile(world: World): void {
  it('names the missing profile', async () => {
    const { window, server } = world;
    const own = { credential: alice, endpoint: server.endpoint };
    await world.writeConfig([profileSection('default', own), profileSection('other', own)].join('\n'));
    await selectProfile(world, 'other');
    await window.page.getByRole('heading', { name: /Buckets \(other\)/i }).waitFor();
    await window.row('Bucket acme-website').waitFor();
    await showProblem(world, {
      config: profileSection('default', own),
      sentence: 'Profile "other" does not exist',
    });
    await selectProfile(world, 'default');
    await window.row('Bucket acme-website').waitFor();
  });
}

function testRefusals(world: World): void {
  const problems = {
    'S3 denied access': dave,
    'S3 does not recognize the access key': { ...alice, accessKeyId: 'AKIASIGNPOSTE2E09999' },
    'S3 rejected the signature': {
      ...alice,
      secretAccessKey: wrongSecret,
    },
    'The temporary credentials of this profile': { ...temporary, sessionToken: 'FwoGZXIvYXdzE2EwrongToken' },
  };
  for (const [sentence, credential] of Object.entries(problems)) {
    it(`shows "${sentence}" as a row`, async () => {
      const { endpoint } = world.server;
      await showProblem(world, { config: profileSection('default', { credential, endpoint }), sentence });
    });
  }

  it('prompts for a bucket when the button of the row about denied buckets is clicked', async () => {
    const { window, server } = world;
    const denied = 'S3 denied access to the list of buckets. Add buckets by name.';
    const config = profileSection('default', { credential: dave, endpoint: server.endpoint });
    await showProblem(world, { config, sentence: denied });
    await window.problem(denied).hover();
    await window.problem(denied).getByRole('button', { name: 'Add Bucket...' }).click();
    await window.quickInput(({ title }) => title === 'Add Bucket');
    await window.press('Escape');
  });

  it('offers another profile when the row is clicked', async () => {
    const { window, server } = world;
    const credential = { ...temporary, sessionToken: 'FwoGZXIvYXdzE2EwrongToken' };
    await showProblem(world, {
      config: profileSection('default', { credential, endpoint: server.endpoint }),
      sentence: 'The temporary credentials of this profile',
    });
    await window.problem('The temporary credentials').click();
    await window.quickInput(({ title }) => title === 'Select AWS Profile');
    await window.press('Escape');
  });
}

function testWrongEndpoint(world: World): void {
  let site: WebServer | undefined;
  before(async () => {
    site = await startWebPage();
  });
  after(() => site?.close());

  it('reports that the server is not an S3 service', async () => {
    const config = profileSection('default', { credential: alice, endpoint: site?.endpoint ?? '' });
    await showProblem(world, { config, sentence: 'The server at this endpoint is not an S3 service' });
  });
}

function testServerDown(world: World): void {
  it('reports that nothing answers, and Retry lists once there is a server', async () => {
    const { window } = world;
    const gone = await startWebPage();
    await gone.close();
    const config = profileSection('default', { credential: alice, endpoint: gone.endpoint });
    await showProblem(world, { config, sentence: 'Nothing answers at the endpoint' });
    const back = await startStrictS3({ credentials, port: Number(new URL(gone.endpoint).port) });
    back.createBucket('back-again');
    await window.problem('Nothing answers at the endpoint').click();
    await window.row('Bucket back-again').waitFor();
    await back.close();
  });

  it('shows a failure below the folder that failed, and Retry lists it once the server recovers', async () => {
    const { window, server } = world;
    await world.restoreConfig();
    await window.expand('Bucket acme-website');
    await window.row('Object index.html').waitFor();
    server.setFault(({ operation }) =>
      operation === 'ListObjectsV2' ? { kind: 'status', status: 403, code: 'AccessDenied' } : undefined,
    );
    await window.expand('Folder docs');
    await window.problem('S3 denied access').waitFor();
    await window.picture('error in a folder');
    await assertNoErrors(world);
    server.setFault(undefined);
    await window.row('Folder docs').focus();
    await window.press('ArrowDown', 'ContextMenu');
    await window.menuItem('Select AWS Profile...').waitFor();
    await window.menuItem('Refresh').waitFor();
    // Wraps around from the first entry to the last.
    await window.press('ArrowDown', 'ArrowUp', 'Enter');
    await window.row('Object safety.md').waitFor();
    await assertNoErrors(world);
  });
}

function testSwitch(world: World): void {
  it('replaces every row when another profile is selected, and says that it has no buckets', async () => {
    const { window, server } = world;
    const own = { credential: alice, endpoint: server.endpoint };
    const other = await startStrictS3({ credentials });
    await world.writeConfig(
      [profileSection('default', own), profileSection('empty', { ...own, endpoint: other.endpoint })].join(
        '\n',
      ),
    );
    await selectProfile(world, 'empty');
    await window.page.getByText('This profile or connection has no buckets').waitFor();
    await window.picture('error no bucket');
    assert.equal(await window.page.locator('.pane-body [role=treeitem]').count(), 0);
    other.createBucket('only-here');
    await window.page.locator('.pane-body').getByRole('button', { name: 'Refresh' }).click();
    await window.row('Bucket only-here').waitFor();
    await window.picture('switched profile');
    assert.equal(await window.page.locator('.pane-body [role=treeitem]').count(), 1);
    await assertNoErrors(world);
    await selectProfile(world, 'default');
    await window.row('Bucket acme-website').waitFor();
    await other.close();
  });
}
