import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const places: Partial<Record<NodeJS.Platform, () => readonly string[]>> = {
  // Its executable was called Electron until 1.110.
  darwin: () =>
    ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      ['Code', 'Electron'].map((name) => join(folder, 'Visual Studio Code.app', 'Contents', 'MacOS', name)),
    ),
  linux: () => [
    '/usr/share/code/code',
    '/snap/code/current/usr/share/code/code',
    '/opt/visual-studio-code/code',
  ],
  win32: () => [
    join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
    join(process.env.ProgramFiles ?? '', 'Microsoft VS Code', 'Code.exe'),
  ],
};

/**
 * The executable of a desktop VS Code: VSCODE_PATH, or one where its installers put it. Not the `code`
 * command: it hands its window to a process that its caller cannot end.
 */
export function findDesktop(): string | undefined {
  const named = process.env.VSCODE_PATH;
  return named === undefined || named === ''
    ? places[process.platform]?.().find((path) => existsSync(path))
    : named;
}
