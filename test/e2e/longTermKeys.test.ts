import { describeCopyLink } from './longTermKeys/copyLink.js';
import { describeCreateKinds, kindFiles } from './longTermKeys/createKinds.js';
import { describeUpload, openFiles } from './longTermKeys/upload.js';
import { attempts, blindProfile, describeUploadRetry } from './longTermKeys/uploadRetry.js';
import { describeUploadSources, sourceFiles } from './longTermKeys/uploadSources.js';
import { alice, erin } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { tidy } from './support/tidy.js';
import { useWorld } from './support/world.js';

describe('A profile with long-term keys:', () => {
  const world = useWorld({
    config: ({ endpoint }) =>
      [
        `${profileSection('default', { credential: alice, endpoint })}max_attempts = ${attempts}\n`,
        profileSection(blindProfile, { credential: erin, endpoint }),
      ].join('\n'),
    files: { ...kindFiles, ...openFiles, ...sourceFiles },
  });
  beforeEach(() => tidy(world.window));
  describeCopyLink(world);
  describeCreateKinds(world);
  describeUpload(world);
  describeUploadRetry(world);
  describeUploadSources(world);
});
