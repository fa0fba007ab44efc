import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadLink } from '../../../src/core/transfer/link/sendUpload.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { BENCH_FOLDER_VARIABLE, BENCH_LINK_VARIABLE } from '../../host/testOutput.js';

const MiB = 1024 * 1024;

/** How much memory uploads add to this extension host: a file of 1 MiB and one of 1 GiB. */
export async function measureUploadMemory(): Promise<readonly string[]> {
  const folder = process.env[BENCH_FOLDER_VARIABLE] ?? '';
  const link = readLink(process.env[BENCH_LINK_VARIABLE] ?? '');
  const small = await addedBy(link, join(folder, 'small'));
  const large = await addedBy(link, join(folder, 'large'));
  return [
    `memory added to the extension host by an upload: 1 GiB ${large.toFixed(0)} MiB, 1 MiB ${small.toFixed(0)} MiB`,
    `memory added by 1 GiB / 100 MiB = ${(large / 100).toFixed(2)}`,
  ];
}

/** Reads a link from JSON, which holds its date as a text. */
function readLink(json: string): UploadLink {
  return JSON.parse(json, (name, value: unknown) =>
    name === 'expiresAt' && typeof value === 'string' ? new Date(value) : value,
  ) as UploadLink;
}

/** The largest growth of the process while it sent the file, in MiB. */
async function addedBy(link: UploadLink, path: string): Promise<number> {
  const { size: sizeBytes } = await stat(path);
  const before = process.memoryUsage().rss;
  let peak = before;
  let sent = 0;
  const body = { kind: 'file', path, sizeBytes } as const;
  await uploadThroughLink(link, body, {
    signal: new AbortController().signal,
    onProgress: (bytes) => {
      sent = bytes;
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  if (sent !== sizeBytes) throw new Error(`Sent ${sent} of ${sizeBytes} bytes.`);
  return (peak - before) / MiB;
}
