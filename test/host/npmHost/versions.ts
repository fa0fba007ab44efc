export interface VersionFacts {
  readonly vscode: string;
  readonly lightTheme: string;
  /**
   * Native modules to build: without the logger the server writes no output channel to the disk, without the watchdog
   * each extension host complains and outlives a killed server, and without node-pty no terminal runs a program.
   */
  readonly nativeModules: readonly string[];
}

/** The two ends of the range of VS Code versions that the extension supports. */
export const HOST_VERSIONS = {
  oldest: {
    vscode: '1.104.0',
    lightTheme: 'Default Light Modern',
    nativeModules: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
  },
  newest: {
    vscode: '1.139.1',
    lightTheme: 'Light Modern',
    nativeModules: ['@vscode/spdlog', '@vscode/native-watchdog'],
  },
} as const satisfies Record<string, VersionFacts>;

export type HostVersion = keyof typeof HOST_VERSIONS;

export function isHostVersion(text: string | undefined): text is HostVersion {
  return text !== undefined && text in HOST_VERSIONS;
}

/** The variable that tells the launcher which version to open. */
export const HOST_VERSION_VARIABLE = 'SIGNPOST_HOST_VERSION';
