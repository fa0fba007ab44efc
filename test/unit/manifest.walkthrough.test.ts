import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { walkthroughId, walkthroughSteps } from '../../src/ui/ids.js';
import { repositoryRoot } from '../host/paths.js';
import { readManifest, readStrings } from './support/manifest.js';

const { publisher, name, contributes } = readManifest();
const strings = readStrings();
const [walkthrough, ...others] = contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];

describe('the walkthrough of the manifest', () => {
  it('has the steps of the program, each done when the program says so', () => {
    assert.deepEqual(others, []);
    assert.deepEqual(
      steps.map(({ id, completionEvents }) => [id, completionEvents]),
      Object.entries(walkthroughSteps).map(([id, key]) => [id, [`onContext:${key}`]]),
    );
  });

  it('has a picture and a button in each step', () => {
    for (const { id, media, description } of steps) {
      assert.ok(existsSync(join(repositoryRoot(), media.image)), id);
      assert.match(media.altText, /^%.+%$/, id);
      assert.match(strings[description.slice(1, -1)] ?? '', /\n\[[^\]]+\]\(command:[\w.]+\)$/, id);
    }
  });

  it('is what the link in the empty view opens', () => {
    const [, argument = ''] = /\(command:[\w.]+\?([^)]+)\)/.exec(strings['welcome.walkthrough'] ?? '') ?? [];
    assert.equal(decodeURIComponent(argument), JSON.stringify(walkthroughId));
    assert.equal(`${publisher}.${name}#${walkthrough?.id ?? ''}`, walkthroughId);
  });
});
