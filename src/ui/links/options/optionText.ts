import { InputBoxValidationSeverity } from 'vscode';
import { optionProblem } from '../../../core/links/linkProblem.js';
import type { LinkOptions, LinkTarget } from '../../../core/links/target.js';
import type { Message } from '../../../core/failures/message.js';
import { showMessage } from '../../messages/showMessage.js';
import { askText } from '../../prompts/inputs.js';
import { back } from '../../prompts/steps.js';
import type { OptionAnswer, OptionContext, OptionPrompt } from './optionContext.js';
import { l10n, type InputBoxValidationMessage } from '../../messages/safeVscode.js';
import type { SafeText } from '../../messages/safeText.js';

type Parsed = { readonly options: LinkOptions } | { readonly problem: Message };

interface OptionTextOptions {
  readonly prompt: SafeText;
  readonly value: string;
  readonly parse: (text: string) => Parsed;
  /** Whether the empty text is refused. */
  readonly isNeeded?: boolean | undefined;
}

/**
 * Asks for an option that is a line of text. Shows while typing what is wrong with it or with the resulting
 * link.
 */
export async function askOptionText(
  { place, target }: Pick<OptionContext, 'place' | 'target'>,
  { prompt, value, parse, isNeeded = false }: OptionTextOptions,
): OptionAnswer {
  const problemOf = (text: string): InputBoxValidationMessage | undefined => {
    const parsed = parse(text);
    if (isNeeded && text.trim() === '')
      return { message: l10n.t('Enter a value.'), severity: InputBoxValidationSeverity.Error };
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

interface TextOption extends Pick<OptionTextOptions, 'isNeeded'>, Pick<OptionPrompt, 'label'> {
  readonly prompt: () => SafeText;
  /** What is chosen, as it is typed. */
  readonly format: (target: LinkTarget) => string;
  /** Prefills the box while nothing is chosen. */
  readonly suggest?: (target: LinkTarget) => string;
  readonly parse: (text: string, target: LinkTarget) => Parsed;
}

/** An option that is a line of text. */
export function textOption({ label, prompt, format, suggest, parse, isNeeded }: TextOption): OptionPrompt {
  return {
    label,
    describe: format,
    ask: (context) => {
      const { target } = context;
      return askOptionText(context, {
        prompt: prompt(),
        value: format(target) || (suggest?.(target) ?? ''),
        parse: (text) => parse(text, target),
        isNeeded,
      });
    },
  };
}

/** Text used as typed; empty text means no value. */
export function asTyped(
  name: 'fileName' | 'contentType' | 'cacheControl',
): Pick<TextOption, 'format' | 'parse'> {
  return {
    format: (target) => target[name] ?? '',
    parse: (text) => ({ options: { [name]: text === '' ? undefined : text } }),
  };
}
