import { HOST_VERSIONS, type HostVersion } from '../npmHost/versions.js';

/** Settings of a window in which nothing opens, asks or calls home by itself, with the caller's laid over them. */
export function calmSettings(version: HostVersion, own: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    {
      'workbench.startupEditor': 'none',
      'workbench.colorTheme': HOST_VERSIONS[version].lightTheme,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'workbench.tips.enabled': false,
      // Commands that were used would stand before the one whose title is typed.
      'workbench.commandPalette.history': 0,
      'workbench.enableExperiments': false,
      'workbench.reduceMotion': 'on',
      'workbench.welcomePage.walkthroughs.openOnInstall': false,
      'chat.disableAIFeatures': true,
      'chat.commandCenter.enabled': false,
      'extensions.autoCheckUpdates': false,
      'extensions.autoUpdate': false,
      'extensions.ignoreRecommendations': true,
      'git.openRepositoryInParentFolders': 'never',
      // Without a GPU the terminal's drawing on one can stop the whole window from being drawn.
      'terminal.integrated.gpuAcceleration': 'off',
      // VS Code would remember the commands that tests paste into a terminal, and the links in them.
      'terminal.integrated.shellIntegration.history': 0,
      // A window says so when it has found more than twenty ports, those of other processes included.
      'remote.autoForwardPorts': false,
      'security.workspace.trust.startupPrompt': 'never',
      'telemetry.telemetryLevel': 'off',
      ...own,
    },
    undefined,
    2,
  );
}
