import { listFormats, type ListFormatId } from '../../../core/links/lists/formats.js';
import type { Selection } from '../../../core/links/lists/selection.js';
import type { SigningApp } from '../../app.js';
import type { LinkDraft } from '../linkDraft.js';
import { bucketStep, emptyDraft, expiryStep } from '../linkSteps.js';
import { pickItem } from '../../prompts/inputs.js';
import { back, type Step } from '../../prompts/steps.js';
import { l10n } from '../../messages/safeVscode.js';
import { showMessage } from '../../messages/showMessage.js';

export type ListDestination = 'clipboard' | 'file';

/** What is known about a list of links while questions are asked. */
export interface ListDraft {
  readonly selection: Selection;
  readonly format: ListFormatId;
  readonly destination: ListDestination;
  readonly expiresInSeconds: number;
}

/** A draft with nothing but a selection. */
export function emptyListDraft(app: SigningApp, selection: Selection): ListDraft {
  const { expiresInSeconds } = emptyDraft(app, 'get');
  return { selection, format: 'lines', destination: 'clipboard', expiresInSeconds };
}

/** Asks for a bucket, a folder or an object. */
export function selectionStep(app: SigningApp): Step<ListDraft> {
  return async (draft, place) => {
    const answer = await bucketStep(app)(linkDraft(app, draft), place);
    if (answer === undefined || answer === back) return answer;
    const { bucket, key } = answer;
    const isFolder = key === '' || key.endsWith('/');
    const selection = { bucket, keys: isFolder ? [] : [key], prefixes: isFolder ? [key] : [] };
    return { ...draft, selection };
  };
}

export const formatStep: Step<ListDraft> = async (draft, place) => {
  const items = Object.entries(listFormats).map(([id, { label, detail }]) => ({
    id: id as ListFormatId,
    label: showMessage({ text: label }),
    detail: showMessage({ text: detail }),
  }));
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('Choose a format for the download links'),
    active: items.find(({ id }) => id === draft.format),
  });
  return picked === undefined || picked === back ? picked : { ...draft, format: picked.id };
};

export const destinationStep: Step<ListDraft> = async (draft, place) => {
  const items = [
    { id: 'clipboard', label: l10n.t('Copy to the clipboard'), detail: l10n.t('For up to 1,000 links.') },
    { id: 'file', label: l10n.t('Save as a file...'), detail: l10n.t('For any number of links.') },
  ] as const;
  const picked = await pickItem<(typeof items)[number]>(place, {
    items,
    placeholder: l10n.t('Choose where the links go'),
    active: items.find(({ id }) => id === draft.destination),
  });
  return picked === undefined || picked === back ? picked : { ...draft, destination: picked.id };
};

export function listExpiryStep(app: SigningApp): Step<ListDraft> {
  return async (draft, place) => {
    const note = l10n.t('Choose how long the links to {0} are valid', nameOf(draft.selection));
    const answer = await expiryStep(app, { note })(linkDraft(app, draft), place);
    if (answer === undefined || answer === back) return answer;
    return { ...draft, expiresInSeconds: answer.expiresInSeconds };
  };
}

/** What a list covers, for sentences: one address, or the number of rows. */
export function nameOf({ bucket, keys, prefixes }: Selection): string {
  const [first = '', ...others] = [...prefixes, ...keys];
  if (others.length > 0) return l10n.t('{0} selected items in s3://{1}', others.length + 1, bucket);
  return first === '' ? `s3://${bucket}` : `s3://${bucket}/${first}`;
}

function linkDraft(app: SigningApp, { selection, expiresInSeconds }: ListDraft): LinkDraft {
  return { ...emptyDraft(app, 'get'), bucket: selection.bucket, expiresInSeconds };
}
