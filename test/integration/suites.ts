import { recover } from './support/recover.js';
import { clearWindow } from './support/window.js';

// In this order: activation is looked at before anything else needs the extension, the expiries before one was chosen,
// and what was logged and stored at the end.
const suites = {
  activation: () => import('./activation.test.js'),
  arguments: () => import('./arguments.test.js'),
  expiry: () => import('./expiry.test.js'),
  copyAddress: () => import('./copyAddress.test.js'),
  copyLink: () => import('./copyLink.test.js'),
  linkForms: () => import('./linkForms.test.js'),
  linkOptions: () => import('./linkOptions.test.js'),
  tree: () => import('./tree.test.js'),
  profiles: () => import('./profiles.test.js'),
  session: () => import('./session.test.js'),
  signIn: () => import('./signIn.test.js'),
  signInCommand: () => import('./signInCommand.test.js'),
  signInElsewhere: () => import('./signInElsewhere.test.js'),
  credentials: () => import('./credentials.test.js'),
  connectionDetails: () => import('./connectionDetails.test.js'),
  clock: () => import('./clock.test.js'),
  awsFiles: () => import('./awsFiles.test.js'),
  failures: () => import('./failures.test.js'),
  credentialFailures: () => import('./credentialFailures.test.js'),
  addBucket: () => import('./addBucket.test.js'),
  network: () => import('./network.test.js'),
  addressing: () => import('./addressing.test.js'),
  retryRows: () => import('./retryRows.test.js'),
  hungServers: () => import('./hungServers.test.js'),
  endings: () => import('./endings.test.js'),
  calledOff: () => import('./calledOff.test.js'),
  oddAnswers: () => import('./oddAnswers.test.js'),
  explainLink: () => import('./explainLink.test.js'),
  linkHover: () => import('./linkHover.test.js'),
  testLink: () => import('./testLink.test.js'),
  workspaceSettings: () => import('./workspaceSettings.test.js'),
  upload: () => import('./upload.test.js'),
  copyLinks: () => import('./copyLinks.test.js'),
  recentLinks: () => import('./recentLinks.test.js'),
  receive: () => import('./receive.test.js'),
  linkHosts: () => import('./linkHosts.test.js'),
  terminalPaste: () => import('./terminalPaste.test.js'),
  foreignText: () => import('./foreignText.test.js'),
  logs: () => import('./logs.test.js'),
} as const;

/** Registers the suites with mocha: all of them, or those that are named. */
export async function loadSuites(only: string | undefined): Promise<void> {
  const wanted = only?.split(',');
  for (const [name, load] of Object.entries(suites)) {
    if (wanted === undefined || wanted.includes(name)) await load();
  }
  afterEach(clearWindow);
  afterEach(recover);
}
