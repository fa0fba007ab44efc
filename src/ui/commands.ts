import { commands, type Disposable } from 'vscode';
import { commandIds, type CommandName } from './ids.js';

/** Registers every command. One function runs them all; it is loaded when the first command is used. */
export function registerCommands(
  runCommand: (name: CommandName, args: readonly unknown[]) => Promise<void>,
): readonly Disposable[] {
  return Object.entries(commandIds).map(([name, id]) =>
    commands.registerCommand(id, (...args: unknown[]) => runCommand(name as CommandName, args)),
  );
}
