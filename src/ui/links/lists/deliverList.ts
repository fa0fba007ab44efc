import { homedir } from 'node:os';
import { env, Uri, workspace } from 'vscode';
import type { Connection } from '../../../core/connection/connection.js';
import { formatList, listFormats } from '../../../core/links/lists/formats.js';
import {
  commonPrefix,
  countUpTo,
  distinct,
  selectedKeys,
  type Counted,
} from '../../../core/links/lists/selection.js';
import { writeList } from '../../../core/links/lists/writeList.js';
import { signMany } from '../../../core/links/signMany.js';
import { keyName } from '../../../core/storage/keys.js';
import type { SigningApp } from '../../app.js';
import { exists, openFile, writeVirtualFile, type ChosenFile } from '../../transfer/localFiles.js';
import { commandIds } from '../../ids.js';
import { withCountProgress } from '../countProgress.js';
import { listSentence } from './listSentence.js';
import { nameOf, type ListDestination, type ListDraft } from './listSteps.js';
import { addLinks, noLinks, rememberedLinks, type Tally } from './listTally.js';
import { rememberLinks } from '../recentLinks.js';
import { shortensToCredentials } from '../../settings.js';
import { sourceLabel } from '../../connection/sourceNames.js';
import { l10n, window } from '../../messages/safeVscode.js';
import { safeText, type SafeText } from '../../messages/safeText.js';
import { showMessage } from '../../messages/showMessage.js';
import { completeStep } from '../../walkthrough.js';

/** The most links that go on the clipboard or are made without asking. */
const manyLinks = 1000;

interface ListJob {
  readonly connection: Connection;
  /** What the list covers, as named in sentences. */
  readonly name: SafeText;
  readonly draft: ListDraft;
  readonly abort: AbortController;
}

/** Counts the objects, asks if there are many, signs a link for each and delivers them. */
export async function deliverList(app: SigningApp, draft: ListDraft): Promise<void> {
  const connection = await app.session.connection();
  const selection = distinct(draft.selection);
  const name = safeText(nameOf(draft.selection));
  const job = { connection, name, draft: { ...draft, selection }, abort: new AbortController() };
  const counted = await count(job);
  if (counted.count === 0) {
    void window.showInformationMessage(l10n.t('There are no objects in {0}.', name));
    return;
  }
  const destination = await destinationFor(job, counted);
  if (destination === undefined) return;
  const chosen = destination === 'file' ? await askFile(job.draft) : undefined;
  if (destination === 'file' && chosen === undefined) return;
  // The dialog has asked about a file that exists here; one that appears later is not overwritten.
  const file = chosen && { uri: chosen, overwrite: (await exists(chosen)) === true };
  const { tally, uri } = await writeLinks(job, { counted, file });
  if (uri === undefined) completeStep('copyLink');
  await app.memory.setExpirySeconds(draft.expiresInSeconds);
  await remember(app, job, tally);
  app.log.info(`${tally.count} links created, the first expires ${tally.expiresAt.toISOString()}`);
  const signer = sourceLabel(connection.source, app.connections);
  const { offsetMs } = connection.clock;
  void showResult(app, {
    sentence: listSentence({ tally, name, file: uri, signer, clockOffsetMs: offsetMs }),
    uri,
  });
}

async function count({ connection, name, draft, abort }: ListJob): Promise<Counted> {
  const keys = selectedKeys(connection, draft.selection, abort.signal);
  if (draft.selection.prefixes.length === 0) return countUpTo(manyLinks, keys);
  return withCountProgress({ title: l10n.t('Listing {0}', name), abort }, () => countUpTo(manyLinks, keys));
}

/** Many links need a confirmation, and go into a file. */
async function destinationFor(
  { draft, name }: ListJob,
  { count }: Counted,
): Promise<ListDestination | undefined> {
  if (count <= manyLinks) return draft.destination;
  const yes = draft.destination === 'file' ? l10n.t('Create Links') : l10n.t('Save as a File...');
  const answer = await window.showWarningMessage(
    l10n.t('Create a link for each object in {0}? There are more than 1,000.', name),
    {
      modal: true,
      detail: l10n.t('More than 1,000 links are saved to a file, not copied to the clipboard.'),
    },
    yes,
  );
  return answer === yes ? 'file' : undefined;
}

async function askFile({ selection, format }: ListDraft): Promise<Uri | undefined> {
  const { extension, label } = listFormats[format];
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const name =
    keyName(commonPrefix(selection)).replace(/[^\p{L}\p{N}._-]/gu, '') ||
    selection.bucket.replace(/^.*[:/]/, '');
  return window.showSaveDialog({
    title: l10n.t('Save Links'),
    saveLabel: l10n.t('Save Links'),
    defaultUri: Uri.joinPath(folder, `${name}-links.${extension}`),
    filters: { [showMessage({ text: label })]: [extension] },
  });
}

async function writeLinks(
  { connection, draft, abort }: ListJob,
  { counted, file }: { readonly counted: Counted; readonly file: ChosenFile | undefined },
): Promise<{ readonly tally: Tally; readonly uri: Uri | undefined }> {
  const { selection, format, expiresInSeconds } = draft;
  const { signal } = abort;
  let tally = noLinks;
  let uri = file?.uri;
  await withCountProgress({ title: l10n.t('Creating links'), abort }, async (onCount) => {
    const request = { kind: 'get', bucket: selection.bucket, expiresInSeconds } as const;
    const options = { keys: counted.keys, shorten: shortensToCredentials(), signal };
    async function* counting() {
      for await (const links of signMany(connection, request, options)) {
        tally = addLinks(tally, links);
        onCount(tally.count);
        yield links;
      }
    }
    const pieces = formatList(format, counting(), {
      bucket: selection.bucket,
      base: commonPrefix(selection),
    });
    if (file?.uri.scheme === 'file') {
      const options = { isProgram: format === 'script', overwrite: file.overwrite, signal };
      uri = Uri.file(await writeList(file.uri.fsPath, pieces, options));
    } else {
      const text = await joined(pieces);
      signal.throwIfAborted();
      if (file === undefined) await env.clipboard.writeText(text);
      else uri = await writeVirtualFile(file, Buffer.from(text));
    }
  });
  return { tally, uri };
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  const texts: string[] = [];
  for await (const piece of pieces) texts.push(piece);
  return texts.join('');
}

async function remember(app: SigningApp, { connection, draft }: ListJob, { links }: Tally): Promise<void> {
  if (links.length > rememberedLinks) return;
  const { expiresInSeconds } = draft;
  await rememberLinks(
    app,
    links.map((link) => {
      const request = { kind: link.kind, bucket: link.bucket, key: link.key, expiresInSeconds };
      return { request, link, source: connection.source, clockOffsetMs: connection.clock.offsetMs };
    }),
  );
}

async function showResult(
  app: SigningApp,
  { sentence, uri }: { readonly sentence: SafeText; readonly uri: Uri | undefined },
): Promise<void> {
  if (uri === undefined) {
    void window.showInformationMessage(sentence);
    return;
  }
  const open = l10n.t('Open File');
  if ((await window.showInformationMessage(sentence, open)) === open)
    await openFile(app, { uri, id: commandIds.copyLinks });
}
