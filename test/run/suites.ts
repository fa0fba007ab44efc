import { readdirSync } from 'node:fs';
import type { HostVersion } from '../host/npmHost/versions.js';
import { onLinux, type Group } from '../prepare.js';

/** Processes that run tests and print how many passed and failed. */
export interface Suite {
  readonly name: string;
  readonly group: Group;
  readonly args: readonly string[];
  /** What has to be ready before it runs. */
  readonly needs: 'nothing' | 'system' | 'hosts';
  /** The version of VS Code whose Node runs it; by default the Node that runs this script. */
  readonly nodeOf?: HostVersion;
  /** Each runs in its own process. */
  readonly files?: readonly string[];
  /** Whether it runs no tests and is judged by its exit code alone. */
  readonly isCheck?: boolean;
  /** Why it is left out on this machine. */
  readonly lacks?: string | undefined;
}

// Without colours, which would appear inside the counts that the runner reads from the output.
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-color'];

/** The script of the npm that runs this. */
const npm = process.env.npm_execpath;

function integration(host: string): Suite {
  const args = ['out/host/runIntegration.js', host];
  return { name: `integration, ${host} VS Code`, group: 'integration', args, needs: 'hosts' };
}

/** Tests that depend on the garbage collector and the HTTP of a Node version. */
function endings(nodeOf: HostVersion): Suite {
  const files = ['endings', 'oddResponses'].map((name) => `out/unit/connection/requests/${name}.test.js`);
  const name = `the end of requests, Node of the ${nodeOf} VS Code`;
  return { name, group: 'integration', args: [...mocha, ...files], needs: 'hosts', nodeOf };
}

/** In starting order: the longest first, so that no lane runs alone at the end. */
export const suites: readonly Suite[] = [
  {
    name: 'types, lint, format, unused code',
    group: 'check',
    args: [npm ?? '', 'run', '--silent', 'check'],
    needs: 'nothing',
    isCheck: true,
    lacks: npm === undefined ? 'npm runs it, as in "npm test"' : undefined,
  },
  ...(onLinux ? ['newest', 'oldest'] : ['desktop']).map(integration),
  {
    name: 'unit',
    group: 'unit',
    args: [...mocha, '--parallel', '--jobs', '2', 'out/unit/**/*.test.js'],
    needs: 'system',
  },
  {
    name: 'end to end',
    group: 'e2e',
    // After a hook that fails, mocha skips those that close what is open, which would keep the process alive.
    args: [...mocha, '--timeout', '180000', '--exit'],
    needs: 'hosts',
    files: readdirSync('out/e2e')
      .filter((name) => name.endsWith('.test.js'))
      .map((name) => `out/e2e/${name}`),
    lacks: onLinux ? undefined : 'the VS Code from npm runs on Linux only',
  },
  {
    name: 'servers',
    group: 'unit',
    args: [...mocha, '--timeout', '120000', 'out/servers/**/*.test.js'],
    needs: 'system',
  },
  ...(onLinux ? (['oldest', 'newest'] as const) : []).map(endings),
];
