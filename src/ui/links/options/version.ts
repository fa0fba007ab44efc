import { env } from 'vscode';
import { formatAge, formatBytes } from '../../../core/text/formatEntry.js';
import { listVersions } from '../../../core/storage/versions.js';
import { setUpInput, showPicker } from '../../prompts/inputs.js';
import type { OptionAnswer, OptionContext } from './optionContext.js';
import { l10n, window, type QuickPickItem } from '../../messages/safeVscode.js';
import { safeText } from '../../messages/safeText.js';

interface VersionItem extends QuickPickItem {
  readonly versionId: string | undefined;
}

/** Asks for a version of the object, from the server's list or by its ID. */
export function askVersion({ app, target, place }: OptionContext): OptionAnswer {
  const picker = window.createQuickPick<VersionItem>();
  const asked = new AbortController();
  setUpInput(picker, place);
  picker.placeholder = l10n.t('Choose a version, or type its ID');
  picker.busy = true;
  let listed: readonly VersionItem[] = [];
  let note: VersionItem | undefined;
  const show = () => {
    const typed = picker.value.trim();
    const isListed = listed.some(({ versionId }) => versionId === typed);
    const own = typed === '' || isListed ? [] : [typedItem(typed)];
    picker.items = [...own, ...listed, ...(note === undefined ? [] : [note])];
  };
  picker.onDidChangeValue(show);
  picker.onDidHide(() => {
    asked.abort();
  });
  void listItems({ app, target, signal: asked.signal }).then((items) => {
    if (asked.signal.aborted) return;
    picker.busy = false;
    listed = items ?? [];
    note = listed.length > 0 ? undefined : noteItem(items === undefined);
    show();
  });
  return showPicker(picker, ({ versionId }) => (versionId === undefined ? undefined : { versionId }));
}

async function listItems({
  app,
  target,
  signal,
}: Pick<OptionContext, 'app' | 'target'> & { readonly signal: AbortSignal }): Promise<
  readonly VersionItem[] | undefined
> {
  try {
    const versions = await listVersions(await app.session.connection(), target, signal);
    return versions.map(({ versionId, isLatest, sizeBytes, lastModified }) => {
      const age =
        lastModified === undefined ? '' : formatAge(lastModified, { now: new Date(), locale: env.language });
      const facts = [formatBytes(sizeBytes, env.language), age, ...(isLatest ? [l10n.t('latest')] : [])];
      return { label: safeText(versionId), description: safeText(facts.join(', ')), versionId };
    });
  } catch {
    // Listing versions needs a separate permission; an ID can be typed without it.
    return undefined;
  }
}

function typedItem(versionId: string): VersionItem {
  return {
    label: safeText(versionId),
    description: l10n.t('use this version ID'),
    alwaysShow: true,
    versionId,
  };
}

function noteItem(failed: boolean): VersionItem {
  const label = failed ? l10n.t('The versions cannot be listed.') : l10n.t('The server lists no versions.');
  return { label, detail: l10n.t('Type a version ID.'), alwaysShow: true, versionId: undefined };
}
