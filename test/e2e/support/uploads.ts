import type { RequestRecord } from '../../servers/strictS3/server.js';
import type { QuickInput } from '../../host/driver/protocol.js';
import type { World } from './world.js';

/** Where the tests upload to. */
export const bucket = 'acme-uploads';

/** Starts the upload of the open file and answers up to the key. */
export async function startUpload({ window }: World, key: string): Promise<void> {
  await window.runCommand('S3: Upload Active File Through Presigned URL...');
  await window.quickInput(({ title }) => title.endsWith('Through Presigned URL (1/2)'));
  await window.type(`s3://${bucket}/${key}`);
  await window.quickInput((input) => activeLabel(input) === `Use s3://${bucket}/${key}`);
  await window.press('Enter');
  await window.quickInput(({ value }) => value === key);
  await window.press('Enter');
}

/** The label of the item that Enter would choose; empty if none is active. */
export function activeLabel({ items }: QuickInput): string {
  return items.find(({ isActive }) => isActive)?.label ?? '';
}

/** The request that put an object into place. */
export function uploadRequest({ server }: World, key: string): RequestRecord {
  const found = server.requests.findLast(
    ({ operation, path }) => operation === 'PutObject' && path.startsWith(`/${bucket}/${key}?`),
  );
  if (found === undefined) throw new Error(`Nothing was uploaded to ${key}.`);
  return found;
}
