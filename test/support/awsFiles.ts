import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface AwsFileTexts {
  readonly config?: string;
  readonly credentials?: string;
}

export interface TemporaryAwsFiles {
  readonly folder: string;
  /** Replaces both files; a file that is left out does not exist afterwards. */
  write(texts: AwsFileTexts): void;
  /** Sets variables of the process until the test ends. */
  setEnvironment(variables: Readonly<Record<string, string>>): void;
}

/**
 * Points the process to separate AWS files for each test, with no other AWS variable set, and restores
 * everything. The SDK reads these paths only from the process.
 */
export function useAwsFiles(): TemporaryAwsFiles {
  let folder = '';
  let before: NodeJS.ProcessEnv = {};
  beforeEach(() => {
    before = { ...process.env };
    folder = mkdtempSync(join(tmpdir(), 'signpost-aws-'));
    for (const name of awsVariables(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      // The SDK may wait for seconds before it retries.
      AWS_MAX_ATTEMPTS: '1',
    });
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    write({ config, credentials }) {
      replace(join(folder, 'config'), config);
      replace(join(folder, 'credentials'), credentials);
    },
    setEnvironment(variables) {
      Object.assign(process.env, variables);
    },
  };
}

function awsVariables(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(env).filter((name) => name.startsWith('AWS_'));
}

function replace(path: string, text: string | undefined): void {
  rmSync(path, { force: true });
  if (text !== undefined) writeFileSync(path, text);
}
