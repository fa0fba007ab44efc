import { InputBoxValidationSeverity } from 'vscode';
import { optionProblem } from '../../../core/links/linkProblem.js';
import type { LinkOptions, LinkTarget } from '../../../core/links/target.js';
import type { Message } from '../../../core/failures/message.js';
import { showMessage } from '../../messages/showMessage.js';
import { askText } from '../../prompts/inputs.js';
import { back, type Back, type StepPlace } from '../../prompts/steps.js';
import { l10n, type InputBoxValidationMessage } from '../../messages/door.js';
import type { Shown } from '../../messages/shown.js';

type Parsed = { readonly options: LinkOptions } | { readonly problem: Message };

interface OptionTextOptions {
  readonly prompt: Shown;
  readonly value: string;
  readonly parse: (text: string) => Parsed;
  /** Whether the empty text is refused. */
  readonly isNeeded?: boolean;
}

/**
 * Asks for an option that is written as a line of text. What is wrong with it, or with what it makes of the link, is said
 * while it is typed.
 */
export async function askOptionText(
  { place, target }: { readonly place: StepPlace; readonly target: LinkTarget },
  { prompt, value, parse, isNeeded = false }: OptionTextOptions,
): Promise<LinkOptions | Back | undefined> {
  const problemOf = (text: string): InputBoxValidationMessage | undefined => {
    const parsed = parse(text);
    if (isNeeded && text.trim() === '')
      return { message: l10n.t('It cannot be empty.'), severity: InputBoxValidationSeverity.Error };
    const problem =
      'problem' in parsed
        ? parsed.problem
        : optionProblem({ contentType: target.contentType, ...parsed.options });
    return problem && { message: showMessage(problem), severity: InputBoxValidationSeverity.Error };
  };
  const text = await askText(place, {
    prompt,
    value,
    validate: problemOf,
    isValid: (typed) => problemOf(typed) === undefined,
  });
  if (text === undefined || text === back) return text;
  const parsed = parse(text);
  return 'problem' in parsed ? back : parsed.options;
}
