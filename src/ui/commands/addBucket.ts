import { InputBoxValidationSeverity } from 'vscode';
import { reachProblem } from '../../core/connection/bucketKind.js';
import type { Connection } from '../../core/connection/connection.js';
import { formatSource } from '../../core/connection/profiles/source.js';
import type { Message } from '../../core/failures/message.js';
import { foreignHost, parsePlace, type Place } from '../../core/storage/address.js';
import { formatS3Uri } from '../../core/storage/location.js';
import type { App } from '../app.js';
import { showMessage } from '../messages/showMessage.js';
import { askText } from '../prompts/inputs.js';
import { back } from '../prompts/steps.js';
import { l10n, type InputBoxValidationMessage } from '../messages/safeVscode.js';
import { safeText } from '../messages/safeText.js';

/**
 * Adds a bucket that may be used but not listed, or a prefix in one. Remembered for the profile or
 * connection.
 */
export async function addBucket(app: Pick<App, 'memory' | 'session' | 'tree'>): Promise<void> {
  const connection = await app.session.connection();
  const text = await askText(
    { title: l10n.t('Add Bucket') },
    {
      prompt: l10n.t('Bucket name, s3://bucket/prefix, ARN, or the URL of a bucket or object'),
      value: '',
      validate: (value) => describe(connection, value),
      isValid: (value) => 'bucket' in readPlace(connection, value),
    },
  );
  if (text === undefined || text === back) return;
  const place = readPlace(connection, text);
  if (!('bucket' in place)) return;
  await app.memory.addBucket(formatSource(connection.source), place);
  app.tree.refresh();
}

function readPlace({ settings }: Connection, text: string): Place | Message {
  const place = parsePlace(text, settings);
  return 'bucket' in place ? (reachProblem(place.bucket, settings) ?? place) : place;
}

function describe(connection: Connection, text: string): InputBoxValidationMessage {
  const place = readPlace(connection, text);
  if (!('bucket' in place)) {
    return { message: showMessage(place), severity: InputBoxValidationSeverity.Error };
  }
  const uri = safeText(formatS3Uri({ bucket: place.bucket, key: place.prefix }));
  const host = foreignHost(text, connection.settings);
  if (host === undefined) {
    return { message: l10n.t('Adds {0} to the list.', uri), severity: InputBoxValidationSeverity.Info };
  }
  return {
    message: l10n.t('Adds {0} to the list, from the selected store and not from {1}.', uri, host),
    severity: InputBoxValidationSeverity.Warning,
  };
}
