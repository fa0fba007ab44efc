import { describeBrowsing, pageSize } from './temporaryKeys/browse.js';
import { describeCopyLinks } from './temporaryKeys/copyLinks.js';
import { describeCreateLink } from './temporaryKeys/createLink.js';
import { describeExplainLink, linkFiles } from './temporaryKeys/explainLink.js';
import { describeForeignText, foreignFiles } from './temporaryKeys/foreignText.js';
import { describeLinkFormats, formatFiles, formatSettings } from './temporaryKeys/linkFormats.js';
import { describeRows } from './temporaryKeys/rows.js';
import { temporary } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { tidy } from './support/tidy.js';
import { useWorld } from './support/world.js';

describe('A profile with temporary keys:', () => {
  const world = useWorld({
    config: ({ endpoint }) => profileSection('default', { credential: temporary, endpoint }),
    files: { ...linkFiles, ...foreignFiles, ...formatFiles },
    userSettings: { ...formatSettings, 'signpost.pageSize': pageSize },
  });
  beforeEach(() => tidy(world.window));
  describeBrowsing(world);
  describeCopyLinks(world);
  describeCreateLink(world);
  describeExplainLink(world);
  describeForeignText(world);
  describeLinkFormats(world);
  describeRows(world);
});
