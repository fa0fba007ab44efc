import { localFile, declaredName, type FormatInput } from './formatInput.js';
import { quotePython } from '../../text/quote.js';

/** A program for Python 3 with the package `requests`. */
export function pythonRequests(use: FormatInput): string {
  return [...program(use), ''].join('\n');
}

function program(use: FormatInput): readonly string[] {
  const { link } = use;
  const file = quotePython(localFile(use));
  const url = `url = ${quotePython(link.url)}`;
  switch (link.sends.what) {
    case 'nothing':
      return [requests, '', url, ...receive(use, file)];
    case 'file':
      return uploadProgram(use, { file, url });
    case 'form':
      return formProgram(use, { file, url });
  }
}

function receive(use: FormatInput, file: string): readonly string[] {
  const { method, receives } = use.link;
  const call = `requests.${method.toLowerCase()}(url${headersOf(use)}`;
  switch (receives) {
    case 'file':
      return [
        `with ${call}, stream=True) as answer:`,
        '    answer.raise_for_status()',
        `    with open(${file}, "wb") as file:`,
        '        for chunk in answer.iter_content(1024 * 1024):',
        '            file.write(chunk)',
      ];
    case 'text':
      return [`answer = ${call})`, raise, 'print(answer.text)'];
    case 'headers':
      return [`answer = ${call})`, raise, 'print(answer.headers)'];
    case 'nothing':
      return [`answer = ${call})`, raise];
  }
}

const requests = 'import requests';
const raise = 'answer.raise_for_status()';

interface Parts {
  readonly file: string;
  readonly url: string;
}

function uploadProgram(use: FormatInput, { file, url }: Parts): readonly string[] {
  return [
    'import os',
    '',
    requests,
    '',
    url,
    `path = ${file}`,
    'with open(path, "rb") as file:',
    '    # An empty file would be sent in chunks, which S3 refuses.',
    '    body = file if os.path.getsize(path) > 0 else b""',
    `    answer = requests.${use.link.method.toLowerCase()}(url${headersOf(use)}, data=body)`,
    raise,
  ];
}

function formProgram(use: FormatInput, { file, url }: Parts): readonly string[] {
  return [
    requests,
    '',
    url,
    'fields = {',
    ...use.fields.map(([name, value]) => `    ${quotePython(name)}: ${quotePython(value)},`),
    '}',
    `with open(${file}, "rb") as file:`,
    `    files = {"file": (${quotePython(declaredName(use))}, file)}`,
    '    answer = requests.post(url, data=fields, files=files, allow_redirects=False)',
    raise,
  ];
}

function headersOf({ link }: FormatInput): string {
  const entries = Object.entries(link.headers);
  if (entries.length === 0) return '';
  return `, headers={${entries.map(([name, value]) => `${quotePython(name)}: ${quotePython(value)}`).join(', ')}}`;
}
