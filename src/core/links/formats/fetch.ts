import { declaredName, localFile, type FormatInput } from './formatInput.js';
import { quoteJavaScript } from '../../text/quote.js';

/** An ES module for Node 20 and later. */
export function javaScriptFetch(use: FormatInput): string {
  return [...program(use), ''].join('\n');
}

function program(use: FormatInput): readonly string[] {
  const file = quoteJavaScript(localFile(use));
  const send = `const answer = await fetch(${quoteJavaScript(use.link.url)}${optionsOf(use)});`;
  switch (use.link.sends.what) {
    case 'nothing':
      return receive(use, { file, send });
    case 'file':
      return [openAsBlob, '', `const file = await openAsBlob(${file});`, send, check];
    case 'form':
      return [
        openAsBlob,
        '',
        'const form = new FormData();',
        ...use.fields.map(
          ([name, value]) => `form.append(${quoteJavaScript(name)}, ${quoteJavaScript(value)});`,
        ),
        `form.append('file', await openAsBlob(${file}), ${quoteJavaScript(declaredName(use))});`,
        send,
        check,
      ];
  }
}

function receive(
  { link }: FormatInput,
  { file, send }: { readonly file: string; readonly send: string },
): readonly string[] {
  switch (link.receives) {
    case 'file':
      return [
        "import { writeFile } from 'node:fs/promises';",
        '',
        send,
        check,
        `await writeFile(${file}, answer.body ?? '');`,
      ];
    case 'text':
      return [send, check, 'console.log(await answer.text());'];
    case 'headers':
      return [send, check, 'console.log(answer.headers);'];
    case 'nothing':
      return [send, check];
  }
}

const openAsBlob = "import { openAsBlob } from 'node:fs';";
const check = 'if (answer.status >= 400) throw new Error(`S3 answered ${answer.status}`);';

function optionsOf({ link }: FormatInput): string {
  const headers = Object.entries(link.headers).map(
    ([name, value]) => `${quoteJavaScript(name)}: ${quoteJavaScript(value)}`,
  );
  const options = [
    ...(link.method === 'GET' ? [] : [`method: '${link.method}'`]),
    ...(headers.length === 0 ? [] : [`headers: { ${headers.join(', ')} }`]),
    ...(link.sends.what === 'file' ? ['body: file'] : []),
    // The page to go to after an upload is for browsers.
    ...(link.sends.what === 'form' ? ['body: form', "redirect: 'manual'"] : []),
  ];
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}
