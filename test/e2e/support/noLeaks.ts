import assert from 'node:assert/strict';
import { channelLogs, findLeaks, readTraces, secretsIn } from './leaks.js';
import { credentials } from './profiles.js';
import type { World } from './world.js';

/** The last test of a suite: reads all that its window logged and stored, and finds no link and no secret in it. */
export function testNoLeaks(world: World, { usesLinks = true, known = credentials } = {}): void {
  it('logs and stores no link, no signature, no secret and no token', async () => {
    const traces = await readTraces(world.workbench);
    const { server, window } = world;
    const signatures = [...new Set([...server.linkSignatures, ...secretsIn(window.handedOut)])];
    const secrets = {
      ...Object.fromEntries(signatures.map((value, at) => [`what signs link ${at + 1}`, value])),
      ...Object.fromEntries(
        known.map(({ secretAccessKey }, at) => [`secret key ${at + 1}`, secretAccessKey]),
      ),
      ...Object.fromEntries(
        known.flatMap(({ sessionToken }, at) =>
          sessionToken === undefined ? [] : [[`session token ${at + 1}`, sessionToken]],
        ),
      ),
    };
    assert.equal(signatures.length > 0, usesLinks, 'links were used');
    const [channel] = channelLogs(traces);
    assert.equal((channel?.text.length ?? 0) > 0, true, 'the output channel has a log');
    assert.ok(traces.at(-1)?.text.includes('signpost') === true, 'the stored state was read');
    assert.deepEqual(findLeaks(traces, secrets), []);
  });
}
