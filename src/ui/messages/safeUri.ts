import { formatS3Uri, type Location } from '../../core/storage/location.js';
import { safeText, type SafeText } from './safeText.js';

/** The `s3://` address, escaped for messages. */
export function safeUri(location: Location): SafeText {
  return safeText(formatS3Uri({ bucket: location.bucket, key: location.key }));
}
