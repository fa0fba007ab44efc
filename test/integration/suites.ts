import { assertNothingLeaked } from './support/leaks.js';
import { reset } from './support/reset.js';

const suites = {
  activation: () => import('./activation.test.js'),
  arguments: () => import('./arguments.test.js'),
  expiry: () => import('./expiry.test.js'),
  replaceItems: () => import('./replaceItems.test.js'),
  copyAddress: () => import('./copyAddress.test.js'),
  copyLink: () => import('./copyLink.test.js'),
  linkFormats: () => import('./linkFormats.test.js'),
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
  cancellation: () => import('./cancellation.test.js'),
  oddResponses: () => import('./oddResponses.test.js'),
  explainLink: () => import('./explainLink.test.js'),
  linkHover: () => import('./linkHover.test.js'),
  testLink: () => import('./testLink.test.js'),
  workspaceSettings: () => import('./workspaceSettings.test.js'),
  openUntitledText: () => import('./openUntitledText.test.js'),
  upload: () => import('./upload.test.js'),
  copyLinks: () => import('./copyLinks.test.js'),
  recentLinks: () => import('./recentLinks.test.js'),
  receive: () => import('./receive.test.js'),
  linkHosts: () => import('./linkHosts.test.js'),
  terminalPaste: () => import('./terminalPaste.test.js'),
  foreignText: () => import('./foreignText.test.js'),
  logs: () => import('./logs.test.js'),
  driver: () => import('./driver.test.js'),
} as const;

/** Suites that also run on the oldest VS Code, each with what differs there; the newest runs all of them. */
const alsoOnOldest: Partial<Record<keyof typeof suites, string>> = {
  activation: 'when an extension starts, and how its module is loaded',
  replaceItems: 'which item of a quick pick is active',
  copyLink: 'quick picks, notifications and the clipboard',
  tree: 'the tree view and its keyboard',
  signIn: 'terminals and the status bar',
  credentials: 'the status bar and what a quick pick shows beside its entries',
  network: 'the fetch and the certificates that VS Code puts into the extension host',
  retryRows: 'rows that change while they are shown',
  hungServers: 'limits and Cancel on top of the fetch of the host',
  endings: 'the ends of answers through the fetch of the host',
  linkHover: 'hovers',
  openUntitledText: 'the content that untitled texts open with',
  upload: 'documents, encodings and the file dialog',
  receive: 'what opens in the editor, and the save dialog',
  terminalPaste: 'what a terminal does to what is pasted',
  foreignText: 'which markup each part of the window understands',
  logs: 'what VS Code itself writes down',
};

interface Choice {
  /** The names of suites, separated by commas. */
  readonly only: string | undefined;
  /** The version of VS Code that runs them. */
  readonly host: string | undefined;
}

/** Registers suites with mocha: the named ones, or all for this version of VS Code. */
export async function loadSuites({ only, host }: Choice): Promise<void> {
  const wanted = only?.split(',') ?? Object.keys(host === 'oldest' ? alsoOnOldest : suites);
  for (const [name, load] of Object.entries(suites)) {
    if (wanted.includes(name)) await load();
  }
  afterEach(reset);
  after(assertNothingLeaked);
}
