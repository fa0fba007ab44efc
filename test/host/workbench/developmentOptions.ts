/** What is under development in a window: an extension, and the tests that run in its extension host. */
export interface UnderDevelopment {
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
}

/**
 * A page script that passes the extension under development to the window the way a page that embeds VS Code
 * does: in the configuration that the window parses first. The address could name it too, but only in what
 * the server calls a smoke test, and then the window shows no notifications (1.139) and no dialogs (1.104).
 */
export function developmentScript(under: UnderDevelopment, authority: string): string {
  const location = (path: string) => ({ scheme: 'vscode-remote', authority, path });
  const { extensionDevelopmentPath, extensionTestsPath } = under;
  const options = {
    extensions: extensionDevelopmentPath === undefined ? undefined : [location(extensionDevelopmentPath)],
    extensionTestsPath: extensionTestsPath === undefined ? undefined : location(extensionTestsPath),
  };
  return `{
    const parse = JSON.parse;
    JSON.parse = (...args) => {
      const value = parse(...args);
      if (value?.developmentOptions) {
        JSON.parse = parse;
        Object.assign(value.developmentOptions, ${JSON.stringify(options)});
      }
      return value;
    };
  }`;
}
