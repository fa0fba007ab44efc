import type { Operation } from '../call.js';
import { bucketOperations } from './buckets.js';
import { copyOperations } from './copyObject.js';
import { deleteOperations } from './deleteObjects.js';
import { getOperations } from './getObject.js';
import { listOperations } from './listObjects.js';
import { multipartOperations } from './multipart.js';
import { putOperations } from './putObject.js';
import { sessionOperations } from './createSession.js';
import { versionOperations } from './listVersions.js';

/** Every operation of this server; a name without a row is answered with NotImplemented. */
export const operations: Readonly<Record<string, Operation | undefined>> = {
  ...bucketOperations,
  ...sessionOperations,
  ...listOperations,
  ...getOperations,
  ...putOperations,
  ...copyOperations,
  ...deleteOperations,
  ...multipartOperations,
  ...versionOperations,
};
