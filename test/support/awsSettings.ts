import type { StrictCredential } from '../servers/strictS3/server.js';

/** Settings in a block (`s3 =`) are objects. */
export type Settings = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A section of a config or credentials file. */
export function profileText(section: string, settings: Settings): string {
  const lines = Object.entries(settings).map(([setting, value]) =>
    typeof value === 'string' ? `${setting} = ${value}` : [`${setting} =`, ...blockLines(value)].join('\n'),
  );
  return [`[${section}]`, ...lines, ''].join('\n');
}

function blockLines(block: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(block).map(([setting, value]) => `  ${setting} = ${value}`);
}

export function keySettings(credential: StrictCredential): Record<string, string> {
  return {
    aws_access_key_id: credential.accessKeyId,
    aws_secret_access_key: credential.secretAccessKey,
    ...(credential.sessionToken === undefined ? {} : { aws_session_token: credential.sessionToken }),
  };
}
