import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../host/paths.js';
import { projectText, readManifest, readStrings } from './support/manifest.js';

const manifest = readManifest();
const strings = readStrings();
const { contributes } = manifest;

describe('the manifest', () => {
  it('supports exactly the VS Code versions whose types it was compiled with', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('declares an ES module, activated soon after startup for hovers', () => {
    assert.equal(manifest.type, 'module');
    // VS Code has no activation event for hovers in an editor or for drops of rows, so both have to be
    // registered before. Activation itself loads no SDK and reads nothing.
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
  });

  it('names the product, its publisher and its licence as the marketplace shows them', () => {
    const { name, publisher, displayName, license, repository, bugs, categories, keywords } = manifest;
    assert.deepEqual(
      { name, publisher, displayName, license },
      {
        name: 'signpost',
        publisher: 'signpost',
        displayName: 'Signpost: S3 Browser and Presigned URLs',
        license: 'MIT',
      },
    );
    assert.match(projectText('LICENSE'), /^MIT License\n/);
    assert.match(repository.url, /^https:\/\/.+\.git$/);
    assert.equal(bugs.url, repository.url.replace(/\.git$/, '/issues'));
    assert.ok(categories.length > 0 && keywords.length > 0);
    assert.match(
      projectText('CHANGELOG.md'),
      new RegExp(`^## \\[(?:Unreleased|${manifest.version})\\]`, 'm'),
    );
  });
});

describe('the interface in the manifest', () => {
  it('has one container, S3, with one view, Buckets', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ title }) => title),
      ['S3'],
    );
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(
      views.map(({ name }) => strings[name.slice(1, -1)]),
      ['Buckets'],
    );
  });

  it('has an icon of one colour for the container, and one for the marketplace', () => {
    const svg = projectText(contributes.viewsContainers.activitybar[0]?.icon ?? '');
    assert.match(svg, /<svg [^>]*width="24" height="24" viewBox="0 0 24 24"/);
    const colours = [...svg.matchAll(/(?:fill|stroke|color)="([^"]*)"/g)].map(([, colour]) => colour);
    assert.deepEqual([...new Set(colours)].toSorted(), ['currentColor', 'none']);
    const png = readFileSync(join(repositoryRoot(), manifest.icon));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    // The marketplace requires at least 128 pixels; width and height follow the name of the first chunk.
    assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(16) === png.readUInt32BE(20));
  });
});
