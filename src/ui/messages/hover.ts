import { Hover, MarkdownString, type Range } from 'vscode';
import type { CommandId } from '../ids.js';
import type { Shown } from './shown.js';

declare const isShownHover: unique symbol;

/** A hover in which nothing but its commands can be clicked on. */
export type ShownHover = Hover & { readonly [isShownHover]: true };

interface HoverCommand {
  readonly id: CommandId;
  readonly title: Shown;
  readonly argument: unknown;
}

interface HoverText {
  readonly title: Shown;
  readonly lines: readonly Shown[];
  readonly commands: readonly HoverCommand[];
}

/** Only these commands can be run from the hover, and everything else in it is plain text. */
export function makeHover({ title, lines, commands }: HoverText, range: Range): ShownHover {
  const markdown = new MarkdownString();
  markdown.isTrusted = { enabledCommands: commands.map(({ id }) => id) };
  markdown.appendMarkdown('**').appendText(title).appendMarkdown('**\n\n');
  for (const line of lines) markdown.appendText(unaddressed(line)).appendMarkdown('  \n');
  markdown.appendMarkdown(`\n${commands.map(commandLink).join(' | ')}`);
  return new Hover(markdown, range) as ShownHover;
}

/** Markdown makes links of addresses in plain text too. A word joiner, which cannot be seen, keeps it from that. */
function unaddressed(line: Shown): string {
  return line.replace(/:(?=\/\/)|\bwww(?=\.)|@/gi, '$&\u2060');
}

function commandLink({ id, title, argument }: HoverCommand): string {
  const text = title.replace(/[\\[\]]/g, '\\$&');
  return `[${text}](command:${id}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
