import type { Message } from '../../failures/message.js';
import { isHttpName } from '../httpNames.js';
import { declaredName, localFile, type FormatInput } from './formatInput.js';

/**
 * A request in the `.http` format that the REST Client extension, the JetBrains HTTP client and httpYac share. Sources:
 * the README of huachao/vscode-restclient and JetBrains' "HTTP request in Editor specification".
 */
export function httpFile(use: FormatInput): string {
  const { link } = use;
  const headers = Object.entries(link.headers).map(([name, value]) => `${name}: ${value}`);
  return [`${link.method} ${link.url}`, ...headers, ...bodyLines(use), ''].join('\n');
}

/**
 * What a line of a body must not contain or begin with: a variable, a comment, a file to read, a script that
 * runs or a file that is written when the response arrives, an assertion, a stored response, another request,
 * and GraphQL. Source: the parsers of httpYac 6.16, which look at every line of a body.
 */
const readAsOwn = /\{\{|[\r\n]|^(?:[<>#@]|\/[/*]|\?\?|HTTP\/|[A-Z][A-Z-]*\s|gql|query|mutation|fragment)/;

/** Refuses a link that some program would not send exactly as it is written in the file. */
export function fitsHttpFile(use: FormatInput): Message | undefined {
  const { link, fields } = use;
  const entries = [...Object.entries(link.headers), ...fields];
  const isPlain =
    entries.every(([name, value]) => isHttpName(name) && isPlainValue(value)) &&
    (link.sends.what === 'nothing' || /^[^\s{}\p{Cc}](?:[^{}\p{Cc}]*[^\s{}\p{Cc}])?$/u.test(localFile(use)));
  return isPlain
    ? undefined
    : {
        text: 'The key, a header or the file name has characters with a special meaning in .http files. Use cURL.',
      };
}

function isPlainValue(value: string): boolean {
  return !readAsOwn.test(value) && value.trim() === value && !value.includes(boundary);
}

const boundary = 'FormOfOneUpload';

function bodyLines(use: FormatInput): readonly string[] {
  switch (use.link.sends.what) {
    case 'nothing':
      return [];
    case 'file':
      return ['', `< ${pathOf(use)}`];
    case 'form':
      return [
        `Content-Type: multipart/form-data; boundary=${boundary}`,
        '',
        ...use.fields.flatMap(([name, value]) => [
          `--${boundary}`,
          `Content-Disposition: form-data; name="${name}"`,
          '',
          value,
        ]),
        `--${boundary}`,
        `Content-Disposition: form-data; name="file"; filename="${declaredName(use).replaceAll('"', '%22')}"`,
        '',
        `< ${pathOf(use)}`,
        `--${boundary}--`,
      ];
  }
}

/** For `<`: `<@` would replace variables in the file's text. */
function pathOf(use: FormatInput): string {
  const file = localFile(use);
  return /[\\/]/.test(file) ? file : `./${file}`;
}
