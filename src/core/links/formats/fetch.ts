import { declaredName, isForReading, localFile, type WrittenLink } from './writtenLink.js';
import { quoteJavaScript } from '../../text/quote.js';

/** An ES module for Node 20 and later. */
export function javaScriptFetch(use: WrittenLink): string {
  return [...program(use), ''].join('\n');
}

function program(use: WrittenLink): readonly string[] {
  const file = quoteJavaScript(localFile(use));
  const send = `const answer = await fetch(${quoteJavaScript(use.link.url)}${optionsOf(use)});`;
  switch (use.link.method) {
    case 'GET':
      return isForReading(use)
        ? [send, check, 'console.log(await answer.text());']
        : [
            "import { writeFile } from 'node:fs/promises';",
            '',
            send,
            check,
            `await writeFile(${file}, answer.body ?? '');`,
          ];
    case 'HEAD':
      return [send, check, 'console.log(answer.headers);'];
    case 'DELETE':
      return [send, check];
    case 'PUT':
      return [openAsBlob, '', `const file = await openAsBlob(${file});`, send, check];
    case 'POST':
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

const openAsBlob = "import { openAsBlob } from 'node:fs';";
const check = 'if (answer.status >= 400) throw new Error(`S3 answered ${answer.status}`);';

function optionsOf({ link }: WrittenLink): string {
  const headers = Object.entries(link.headers).map(
    ([name, value]) => `${quoteJavaScript(name)}: ${quoteJavaScript(value)}`,
  );
  const options = [
    ...(link.method === 'GET' ? [] : [`method: '${link.method}'`]),
    ...(headers.length === 0 ? [] : [`headers: { ${headers.join(', ')} }`]),
    ...(link.method === 'PUT' ? ['body: file'] : []),
    // The page to go to after an upload is for browsers.
    ...(link.method === 'POST' ? ['body: form', "redirect: 'manual'"] : []),
  ];
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}
