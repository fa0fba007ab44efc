import { workspace, WorkspaceEdit, type Position, type TextDocument } from 'vscode';
import { MessageError } from '../../core/failures/message.js';
import type { Location } from '../../core/storage/location.js';
import type { SigningApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { signNewLink, warnEarlyExpiry, type CopiedLink } from '../links/deliverLink.js';
import { commandIds } from '../ids.js';
import { emptyDraft, expiryStep } from '../links/linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { run } from '../run.js';
import { retryableStep } from '../messages/stepFailure.js';
import { writeLineForLanguage } from './languageFormats.js';
import { l10n } from '../messages/safeVscode.js';

class DropRefusedError extends MessageError {
  override readonly name = 'DropRefusedError';
  constructor() {
    super({ text: 'The links could not be inserted: the document was closed or is read-only.' });
  }
}

export interface Drop {
  readonly document: TextDocument;
  readonly position: Position;
  /** What the drag carries. */
  readonly text: string;
}

/**
 * Asks once how long the links work, then gives one for each object, one per line. Links that only succeed
 * after Retry are inserted when they are ready.
 */
export async function insertDroppedLinks(app: SigningApp, drop: Drop): Promise<string | undefined> {
  let hasReturned = false;
  let text: string | undefined;
  await run(app, {
    id: commandIds.insertLinkAtCursor,
    body: () =>
      askAndSign(app, drop, async (links) => {
        if (hasReturned) await insert(drop, links);
        else text = links;
      }),
  });
  hasReturned = true;
  return text;
}

async function askAndSign(
  app: SigningApp,
  { document, text }: Drop,
  deliver: (links: string) => Promise<void>,
): Promise<void> {
  const locations = readLocations(text);
  const [first] = locations;
  if (first === undefined) return;
  await prepare(app.session);
  const note =
    locations.length > 1 ? l10n.t('Choose how long the {0} links are valid', locations.length) : undefined;
  const draft = await runSteps({
    title: l10n.t('Insert Links'),
    initial: { ...emptyDraft(app, 'get'), ...first },
    steps: [expiryStep(app, { note })],
  });
  if (draft === undefined) return;
  await retryableStep(async () => {
    const made: CopiedLink[] = [];
    for (const location of locations) made.push(await signNewLink(app, { ...draft, ...location }));
    const lines = made.map(({ link }) => writeLineForLanguage(document.languageId, link));
    await deliver(lines.join('\n'));
    warnEarlyExpiry(made);
  });
}

async function insert({ document, position }: Drop, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.validatePosition(position), text);
  if (!(await workspace.applyEdit(edit))) throw new DropRefusedError();
}

/** Any extension may start a drag that claims to carry rows. */
function readLocations(text: string): readonly Location[] {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.filter(isLocation).map(({ bucket, key }) => ({ bucket, key })) : [];
}

function isLocation(value: unknown): value is Location {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bucket' in value &&
    typeof value.bucket === 'string' &&
    'key' in value &&
    typeof value.key === 'string'
  );
}
