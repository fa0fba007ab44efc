import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatList } from '../../../../src/core/links/lists/formats.js';
import { localPath } from '../../../../src/core/links/lists/localPath.js';
import { signMany } from '../../../../src/core/links/signMany.js';
import { useFolder } from '../../support/folders.js';
import { usePrograms } from '../../support/formats/usePrograms.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { run, type Outcome } from '../../../support/processes.js';
import { useServer } from '../../../support/server.js';

/** Names that try to leave the folder, to run something, or to collide with one another. */
const hostileKeys: readonly string[] = [
  ...Object.values(oddKeys),
  ...Object.values(dotSegmentKeys),
  ...[
    '../../x',
    '/abs',
    'C:\\x',
    '..\\..\\x',
    '/etc/passwd',
    '\\\\srv\\share',
    'a/../../../b',
    '%2E%2E/a',
    '%',
    'a/%/b',
  ],
  ...[
    '$(touch pwned)',
    '`touch pwned`',
    "'; touch pwned; '",
    '"; touch pwned; "',
    '$HOME',
    '-rf',
    '@file',
    '!!',
    '~/x',
  ],
  ...[
    'END',
    'x\nEND\ntouch pwned\n',
    'url = "file:///etc/passwd"',
    '#',
    'a\\nb',
    '*',
    '[a-c]{x,y}',
    '%0A',
    '%~',
    'é'.repeat(300),
  ],
];
const keys = [...new Set(hostileKeys)];

describe('the local path of an object', () => {
  it('is unique for every key, and equals the key where a file can have that name', () => {
    assert.equal(new Set(keys.map(localPath)).size, keys.length);
    for (const key of ['a.txt', 'in/b c.txt', '.env', '...', 'a..b/100%', '%2f', "it's", 'C:x'])
      assert.equal(localPath(key), key);
  });

  it('has no segment that leads elsewhere or that no file can have', () => {
    for (const key of keys) {
      for (const name of localPath(key).split('/')) {
        assert.ok(!['', '.', '..'].includes(name), key);
        assert.doesNotMatch(name, /[\\\p{Cc}]/u);
        assert.ok(Buffer.byteLength(name) <= 255, key);
      }
    }
  });
});

/** Every file below a folder, with its content. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true, encoding: 'utf8' });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const),
  );
}

function useScript(shell: string) {
  usePrograms(shell);
  const use = useServer();
  const folder = useFolder();
  /** Writes the script for these keys; creates missing objects with their keys as content. */
  const write = async (names: readonly string[], { base = '', missing = '' } = {}): Promise<void> => {
    for (const key of names) {
      if (key !== missing && use.server.getObject('docs', key) === undefined)
        use.server.putObject('docs', key, key);
    }
    const connection = await use.connect('temporary');
    const links = signMany(
      connection,
      { kind: 'get', bucket: 'docs', expiresInSeconds: 60 },
      { keys: [names] },
    );
    let text = '';
    for await (const piece of formatList('script', links, { bucket: 'docs', base })) text += piece;
    writeFileSync(join(folder.path, 'all.sh'), text);
  };
  const start = (...args: readonly string[]): Promise<Outcome> => {
    mkdirSync(join(folder.path, 'here'), { recursive: true });
    return run(shell, ['../all.sh', ...args], { cwd: join(folder.path, 'here') });
  };
  return { use, folder, write, start };
}

for (const shell of ['bash', 'dash', 'zsh']) {
  describe(`the download script, in ${shell}`, () => {
    const { folder, write, start } = useScript(shell);

    it('downloads every key, however hostile, below the folder and nowhere else', async function () {
      this.timeout(60_000);
      // A file and a folder cannot share a name; another test covers that.
      const taken = (key: string) => keys.some((other) => other.startsWith(`${key}/`) && !key.endsWith('/'));
      const names = keys.filter((key) => !taken(key));
      assert.ok(names.length > 50);
      await write(names);
      const { exitCode, stderr } = await start('all of it');
      assert.equal(exitCode, 0, stderr);
      const expected = Object.fromEntries(names.map((key) => [localPath(key), key] as const));
      assert.deepEqual(filesIn(join(folder.path, 'here', 'all of it')), expected);
      assert.deepEqual(readdirSync(join(folder.path, 'here')), ['all of it']);
      assert.deepEqual(readdirSync(folder.path).toSorted(), ['all.sh', 'here']);
      assert.equal(existsSync('/x') || existsSync('/abs'), false);
    });

    it('continues after a failure, names it, and reports it with its exit code', async () => {
      await write(['a', 'b', 'c'], { missing: 'b' });
      const { exitCode, stderr } = await start();
      assert.equal(exitCode, 1);
      assert.match(stderr, /^Failed: b$/m);
      assert.match(stderr, /^2 downloaded, 0 skipped, 1 failed$/m);
      assert.deepEqual(Object.keys(filesIn(join(folder.path, 'here'))).toSorted(), ['a', 'c']);
    });
  });

  describe(`the download script with symbolic links, in ${shell}`, () => {
    const { folder, write, start } = useScript(shell);

    it('follows no symbolic link out of the folder', async () => {
      await write(['a/b', 'in/deep/c', 'new']);
      mkdirSync(join(folder.path, 'here', 'in'), { recursive: true });
      mkdirSync(join(folder.path, 'elsewhere'));
      symlinkSync('../elsewhere', join(folder.path, 'here', 'a'));
      symlinkSync('../../elsewhere', join(folder.path, 'here', 'in', 'deep'));
      const { exitCode, stderr } = await start();
      assert.equal(exitCode, 1);
      assert.match(stderr, /symbolic link: a\/b$/m);
      assert.match(stderr, /^1 downloaded, 0 skipped, 2 failed$/m);
      assert.deepEqual(readdirSync(join(folder.path, 'elsewhere')), []);
    });
  });

  describe(`the download script with existing files, in ${shell}`, () => {
    const { use, folder, write, start } = useScript(shell);

    it('keeps existing files, and refuses a folder in place of a file', async () => {
      await write(['kept', 'a', 'a/b', 'new']);
      mkdirSync(join(folder.path, 'here'));
      writeFileSync(join(folder.path, 'here', 'kept'), 'mine');
      const { exitCode, stderr } = await start();
      assert.equal(exitCode, 1);
      assert.match(stderr, /^Skipped, already exists: kept$/m);
      assert.match(stderr, /^Failed: a\/b$/m);
      assert.deepEqual(filesIn(join(folder.path, 'here')), { kept: 'mine', a: 'a', new: 'new' });
    });

    it('creates folders and empty files, with names relative to the listed folder', async () => {
      for (const key of ['in/', 'in/deep/', 'in/empty']) use.server.putObject('docs', key, '');
      await write(['in/', 'in/deep/', 'in/empty', 'in/deep/a.txt'], { base: 'in/' });
      const { exitCode, stderr } = await start('-target');
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(filesIn(join(folder.path, 'here', '-target')), {
        empty: '',
        'deep/a.txt': 'in/deep/a.txt',
      });
    });

    it('keeps links out of the process list and out of its output', async () => {
      await write(['a', 'b'], { missing: 'b' });
      // A wrapper around curl that records its arguments.
      const programs = join(folder.path, 'programs');
      mkdirSync(programs);
      const curl = (await run('sh', ['-c', 'command -v curl'])).stdout.trim();
      const script = `#!/bin/sh\nprintf '%s\\n' "$@" >>"${programs}/seen"\nexec ${curl} "$@"\n`;
      writeFileSync(join(programs, 'curl'), script, { mode: 0o755 });
      const env = { ...process.env, PATH: `${programs}:${process.env.PATH ?? ''}` };
      const { stderr, stdout } = await run(shell, ['all.sh', 'out'], { cwd: folder.path, env });
      const seen = readFileSync(join(programs, 'seen'), 'utf8');
      assert.match(seen, /^--config$/m);
      for (const text of [seen, stderr, stdout])
        assert.equal(/X-Amz|127\.0\.0\.1/i.test(text), false, 'a link is seen');
    });
  });
}
