import { Hover, MarkdownString, type Range } from 'vscode';
import type { CommandId } from '../ids.js';
import type { SafeText } from './safeText.js';

declare const isSafeHover: unique symbol;

/** A hover in which only its commands can be clicked. */
export type SafeHover = Hover & { readonly [isSafeHover]: true };

interface HoverCommand {
  readonly id: CommandId;
  readonly title: SafeText;
  readonly argument: unknown;
}

interface HoverText {
  readonly title: SafeText;
  readonly lines: readonly SafeText[];
  readonly commands: readonly HoverCommand[];
}

/** Only these commands can run from the hover, and everything else in it is plain text. */
export function makeHover({ title, lines, commands }: HoverText, range: Range): SafeHover {
  const markdown = new MarkdownString();
  markdown.isTrusted = { enabledCommands: commands.map(({ id }) => id) };
  markdown.appendMarkdown(`**${literal(title)}**\n\n`);
  for (const line of lines) markdown.appendMarkdown(`${literal(line)}  \n`);
  markdown.appendMarkdown(`\n${commands.map(commandLink).join(' | ')}`);
  return new Hover(markdown, range) as SafeHover;
}

/**
 * Markdown that shows text unchanged. Escapes every punctuation mark as a character reference, because
 * MarkdownString.appendText leaves `<`, `&` and bare addresses alone, which Markdown and HTML turn into tags,
 * links and other characters.
 */
function literal(text: SafeText): string {
  return text
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/ {2,}| $/g, (spaces) => '&nbsp;'.repeat(spaces.length));
}

function commandLink({ id, title, argument }: HoverCommand): string {
  return `[${literal(title)}](command:${id}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
