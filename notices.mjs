// Collects the licences of all packages in a bundle into one text that ships with it.
import { readdirSync, readFileSync } from 'node:fs';

const isLicence = (name) => /^(?:licen[cs]e|copying)\b/i.test(name);
const isNotice = (name) => /^(?:notice|third.?party)/i.test(name);

/**
 * Notices for every package that esbuild bundled, according to its metafile.
 * Packages with the same text share it. A package published without a licence text gets the text of another
 * package with the same publisher and licence; if there is none, the build fails and names the package.
 */
export function thirdPartyNotices({ inputs }, root = '.') {
  const packages = packageFolders(Object.keys(inputs)).map((folder) => readPackage(`${root}/${folder}`));
  const byText = new Map();
  for (const found of packages) {
    const text = found.text ?? packages.find((other) => isOfSameKind(other, found))?.text;
    if (text === undefined) throw new Error(`${found.title} has no licence text`);
    byText.set(text, [...(byText.get(text) ?? []), found.title]);
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`);
  const head = 'Signpost contains the following packages, under these licences.';
  return [head, ...sections].join(`\n\n${'='.repeat(80)}\n\n`) + '\n';
}

function packageFolders(paths) {
  const folders = paths.flatMap((path) => path.match(/^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).sort();
  const read = (names) => names.map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const licences = read(files.filter(isLicence));
  const texts = [...licences, ...read(files.filter(isNotice))];
  return {
    title: `${name} ${version} (${license})`,
    license,
    publisher: name.startsWith('@') ? name.split('/')[0] : undefined,
    text:
      licences.length === 0
        ? undefined
        : texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}

function isOfSameKind(other, { license, publisher }) {
  return (
    publisher !== undefined &&
    other.publisher === publisher &&
    other.license === license &&
    other.text !== undefined
  );
}
