// The licences of the packages that are in a bundle, as one text that is shipped with it.
import { readdirSync, readFileSync } from 'node:fs';

/** Licences whose text is the same for every package, for packages that are published without it. */
const keptTexts = { 'Apache-2.0': new URL('licenses/Apache-2.0.txt', import.meta.url) };

const isLicence = (name) => /^(?:licen[cs]e|copying)\b/i.test(name);
const isNotice = (name) => /^(?:notice|third.?party)/i.test(name);

/**
 * The notices for everything that esbuild took from packages, by its metafile.
 * Packages with the same text share it. Fails by name for a package whose licence text is not known.
 */
export function thirdPartyNotices({ inputs }, root = '.') {
  const byText = new Map();
  for (const folder of packageFolders(Object.keys(inputs))) {
    const { title, text } = readPackage(`${root}/${folder}`);
    byText.set(text, [...(byText.get(text) ?? []), title]);
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
  if (licences.length === 0 && Object.hasOwn(keptTexts, license)) {
    licences.push(readFileSync(keptTexts[license], 'utf8'));
  }
  if (licences.length === 0) throw new Error(`${name} ${version} (${license}) has no licence text`);
  const texts = [...licences, ...read(files.filter(isNotice))];
  return {
    title: `${name} ${version} (${license})`,
    text: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}
