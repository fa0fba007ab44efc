import { formatS3Uri, type Location } from '../../core/storage/location.js';
import { shown, type Shown } from './shown.js';

/** The `s3://` address, escaped for messages. */
export function shownUri(location: Location): Shown {
  return shown(formatS3Uri({ bucket: location.bucket, key: location.key }));
}
