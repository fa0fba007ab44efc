import assert from 'node:assert/strict';
import { listVersions } from '../../../src/core/storage/versions.js';
import { oddKeys } from '../../support/oddKeys.js';
import { useServer } from '../../support/server.js';
import { must } from '../../support/values.js';

describe('the versions of an object', () => {
  const use = useServer();

  it('are listed latest first, without other keys and delete markers', async () => {
    use.server.enableVersioning('docs');
    use.server.putObject('docs', 'a', 'one');
    use.server.putObject('docs', 'a', 'three');
    use.server.putObject('docs', 'ab', 'other');
    const versions = await listVersions(await use.connect(), { bucket: 'docs', key: 'a' });
    assert.deepEqual(
      versions.map(({ sizeBytes, isLatest }) => [sizeBytes, isLatest]),
      [
        [5, true],
        [3, false],
      ],
    );
    assert.equal(new Set(versions.map(({ versionId }) => versionId)).size, 2);
  });

  it('each have their own download link, even after later versions', async () => {
    use.server.enableVersioning('docs');
    use.server.putObject('docs', 'a', 'one');
    const [first] = await listVersions(await use.connect(), { bucket: 'docs', key: 'a' });
    use.server.putObject('docs', 'a', 'two');
    const { versionId } = must(first);
    const link = await use.sign({
      kind: 'getVersion',
      bucket: 'docs',
      key: 'a',
      versionId,
      expiresInSeconds: 60,
    });
    assert.equal(await (await fetch(link.url)).text(), 'one');
  });

  for (const [what, key] of Object.entries(oddKeys)) {
    it(`are found for an unusual key: ${what}`, async () => {
      use.server.putObject('docs', key, 'hello');
      const versions = await listVersions(await use.connect(), { bucket: 'docs', key });
      assert.deepEqual(
        versions.map(({ versionId, sizeBytes }) => [versionId, sizeBytes]),
        [['null', 5]],
      );
    });
  }
});
