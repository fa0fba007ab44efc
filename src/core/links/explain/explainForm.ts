import { formatBytes } from '../../text/formatEntry.js';
import type { Message } from '../../failures/message.js';
import { ownValue } from '../../text/own.js';
import { fileNameVariable } from '../postPolicy.js';
import { isAllowedValue } from '../parse/parsePolicy.js';
import { displayValue, type ExplainOptions } from './explanation.js';
import type { ParsedForm, PolicyCondition } from '../parse/parsedLink.js';
import { isSigningField } from '../parse/secretNames.js';
import { nameList } from '../../text/nameList.js';

/** The conditions of a form, one sentence each. Source: Amazon S3 API Reference, "POST Policy". */
export function explainConditions(
  conditions: readonly PolicyCondition[],
  { locale }: Pick<ExplainOptions, 'locale'>,
): readonly Message[] {
  const own = conditions.filter((condition) => !isSigningCondition(condition));
  const sentences = own.map((condition) => explainCondition(condition, locale));
  if (own.length === conditions.length) return sentences;
  return [...sentences, { text: 'The signer, the date and the token must match those in the form.' }];
}

function isSigningCondition(condition: PolicyCondition): boolean {
  return 'field' in condition && isSigningField(condition.field);
}

function explainCondition(condition: PolicyCondition, locale: string): Message {
  switch (condition.kind) {
    case 'equals':
      return explainEqual(condition);
    case 'startsWith':
      return explainBeginning(condition);
    case 'size': {
      const { minBytes, maxBytes } = condition;
      const [minSize, maxSize] = [formatBytes(minBytes, locale), formatBytes(maxBytes, locale)];
      return {
        text: 'The file must be {0} to {1} bytes ({2} to {3}).',
        args: [minBytes, maxBytes, minSize, maxSize],
      };
    }
    case 'unknown':
      return { text: 'The policy has a condition that S3 does not document. S3 may refuse every upload.' };
  }
}

/** Fields that have their own sentences. */
const names: Readonly<Record<string, readonly [equal: string, beginning: string]>> = {
  bucket: ['The bucket must be {0}.', 'The bucket name must begin with {0}.'],
  key: ['The key must be {0}.', 'The key must begin with {0}.'],
  'content-type': ['The content type must be {0}.', 'The content type must begin with {0}.'],
  success_action_status: ['S3 answers with the status {0}.', 'The response status must begin with {0}.'],
  success_action_redirect: [
    'After the upload, S3 redirects the browser to {0}.',
    'The redirect address must begin with {0}.',
  ],
  acl: ['The access control list must be {0}.', 'The access control list must begin with {0}.'],
};

function explainEqual({ field, value }: { readonly field: string; readonly value: string }): Message {
  const [sentence] = ownValue(names, field.toLowerCase()) ?? [];
  if (sentence !== undefined) return { text: sentence, args: [displayValue(field, value)] };
  return { text: 'The field {0} must be {1}.', args: [field, displayValue(field, value)] };
}

function explainBeginning({ field, value }: { readonly field: string; readonly value: string }): Message {
  if (value === '') return { text: 'The field {0} is required and may have any value.', args: [field] };
  const [, sentence] = ownValue(names, field.toLowerCase()) ?? [];
  if (sentence !== undefined) return { text: sentence, args: [displayValue(field, value)] };
  return { text: 'The field {0} must begin with {1}.', args: [field, displayValue(field, value)] };
}

/** What can go wrong with a form, and what its policy leaves open. */
export function formWarnings({ conditions, fields }: ParsedForm): readonly Message[] {
  const covered = new Set(
    conditions.flatMap((condition) => ('field' in condition ? [condition.field.toLowerCase()] : [])),
  );
  const extra = Object.keys(fields).filter((name) => !isExempt(name) && !covered.has(name.toLowerCase()));
  // A value with the variable is not known until a file is chosen.
  const wrong = Object.entries(fields).filter(
    ([field, value]) =>
      !value.includes(fileNameVariable) && !isExempt(field) && !isAllowedValue(conditions, { field, value }),
  );
  const anyKey = conditions.some(
    (condition) =>
      condition.kind === 'startsWith' && /^key$/i.test(condition.field) && condition.value === '',
  );
  return [
    ...(conditions.some(({ kind }) => kind === 'size')
      ? []
      : [{ text: 'The policy sets no size limit: files of up to 5 GiB can be uploaded.' }]),
    ...(anyKey ? [{ text: 'The policy allows every key: any object in the bucket can be replaced.' }] : []),
    ...(extra.length === 0
      ? []
      : [
          {
            text: 'The form has fields that its policy does not allow ({0}), so S3 refuses the upload.',
            args: [nameList(extra)],
          },
        ]),
    ...(wrong.length === 0
      ? []
      : [
          {
            text: 'The form has fields with values that its policy does not allow ({0}), so S3 refuses the upload.',
            args: [nameList(wrong.map(([field]) => field))],
          },
        ]),
  ];
}

/** Source: Amazon S3 API Reference, "POST Policy": every field except these needs a condition. */
function isExempt(name: string): boolean {
  return /^(?:x-amz-signature|awsaccesskeyid|signature|policy|file|x-ignore-.*)$/i.test(name);
}
