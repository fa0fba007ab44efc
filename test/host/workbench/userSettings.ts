import { HOST_VERSIONS, type HostVersion } from '../npmHost/versions.js';

/**
 * Settings for a window in which nothing opens, asks or sends anything by itself, overridden by the caller's.
 */
export function quietSettings(version: HostVersion, own: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    {
      'workbench.startupEditor': 'none',
      'workbench.colorTheme': HOST_VERSIONS[version].lightTheme,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'workbench.tips.enabled': false,
      // Recently used commands would come before the one whose title is typed.
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
      // Without a GPU, GPU rendering in a terminal can keep the whole window from being drawn.
      'terminal.integrated.gpuAcceleration': 'off',
      // VS Code would remember the commands that tests paste into a terminal, and the links in them.
      'terminal.integrated.shellIntegration.history': 0,
      // A window shows a message once it has found more than twenty ports, including those of other
      // processes.
      'remote.autoForwardPorts': false,
      'security.workspace.trust.startupPrompt': 'never',
      'telemetry.telemetryLevel': 'off',
      ...own,
    },
    undefined,
    2,
  );
}
