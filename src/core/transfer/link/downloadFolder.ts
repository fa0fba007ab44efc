import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where downloads go unless another folder is chosen: `Downloads` if it exists, else the home folder. */
export async function downloadFolder(home: string): Promise<string> {
  const downloads = join(home, 'Downloads');
  const isFolder = await stat(downloads).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? downloads : home;
}
