import { recover } from './support/recover.js';
import { clearWindow } from './support/window.js';
// In this order: activation is looked at before anything else needs the extension, the expiries before one was chosen,
// and what was logged and stored at the end.
import './activation.test.js';
import './arguments.test.js';
import './expiry.test.js';
import './copyAddress.test.js';
import './copyLink.test.js';
import './linkForms.test.js';
import './tree.test.js';
import './profiles.test.js';
import './session.test.js';
import './signIn.test.js';
import './credentials.test.js';
import './awsFiles.test.js';
import './failures.test.js';
import './addBucket.test.js';
import './network.test.js';
import './hungServers.test.js';
import './explainLink.test.js';
import './linkHover.test.js';
import './testLink.test.js';
import './workspaceSettings.test.js';
import './copyLinks.test.js';
import './recentLinks.test.js';
import './receive.test.js';
import './logs.test.js';

afterEach(clearWindow);
afterEach(recover);
