import { env } from 'vscode';
import { UnknownProfileError } from '../../core/connection/connect.js';
import { loadAwsFiles } from '../../core/connection/profiles/profiles.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import { UnknownConnectionError } from '../../core/connection/storedConnection.js';
import { formatDuration, formatMoment } from '../../core/text/format.js';
import { formatAge } from '../../core/text/formatEntry.js';
import { exchangeOf, linkKind, linkKinds } from '../../core/links/kinds.js';
import { formatS3Uri } from '../../core/storage/location.js';
import type { SigningApp } from '../app.js';
import { deliverLink } from '../links/deliverLink.js';
import { confirmDangerousKind } from '../links/kindStep.js';
import type { RecentLink } from '../memory.js';
import { pickItem } from '../prompts/inputs.js';
import { back, type StepPlace } from '../prompts/steps.js';
import { remembersLinks } from '../settings.js';
import { sourceLabel } from '../connection/sourceNames.js';
import { l10n, window, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, joinText, withIcon, type SafeText } from '../messages/safeText.js';
import { showMessage } from '../messages/showMessage.js';

/** Lists the links made on this machine, and makes any of them again. */
export async function showRecentLinks(app: SigningApp): Promise<void> {
  for (;;) {
    // Another version may have stored links of a kind that is unknown here.
    const links = app.memory.recentLinks.filter(({ kind }) => Object.hasOwn(linkKinds, kind));
    if (links.length === 0) {
      void window.showInformationMessage(noLinks());
      return;
    }
    const link = await pickRecentLink(app, links);
    if (link === undefined) return;
    const action = await pickAction(app, link);
    if (action === undefined) return;
    if (action === 'remove')
      await app.memory.changeRecentLinks((links) => links.filter((other) => !isSame(other, link)));
    if (action === 'again') return copyAgain(app, link);
  }
}

/** Compares content: if another window has stored the list, the objects are different ones. */
function isSame(one: RecentLink, other: RecentLink): boolean {
  const { kind, bucket, key, madeAtMs } = one;
  return kind === other.kind && bucket === other.bucket && key === other.key && madeAtMs === other.madeAtMs;
}

function noLinks(): SafeText {
  return remembersLinks()
    ? l10n.t('No links have been created yet, or the list was cleared.')
    : l10n.t('Links are not remembered: the setting signpost.recentLinks is off.');
}

interface LinkItem extends QuickPickItem {
  readonly link: RecentLink;
}

async function pickRecentLink(
  app: SigningApp,
  links: readonly RecentLink[],
): Promise<RecentLink | undefined> {
  const now = new Date();
  const items: readonly LinkItem[] = links.map((link) => ({
    link,
    label: withIcon(
      isExpired(link, now) ? 'circle-slash' : 'link',
      joinText([safeText(exchangeOf(link.kind).method), safeText(formatS3Uri(link))], ' '),
    ),
    description: describeExpiry(link, now),
    detail: l10n.t(
      '{0}, created {1} with {2}',
      showMessage({ text: linkKind(link.kind).label }),
      formatAge(new Date(link.madeAtMs), { now, locale: env.language }),
      sourceLabel(link.source, app.connections),
    ),
  }));
  const placeholder = l10n.t('Choose a link to create again');
  const picked = await pickItem(title(), { items, placeholder });
  return picked === undefined || picked === back ? undefined : picked.link;
}

function title(): StepPlace {
  return { title: l10n.t('Recent Links') };
}

function isExpired({ endsAtMs }: RecentLink, now: Date): boolean {
  return endsAtMs <= now.getTime();
}

function describeExpiry(link: RecentLink, now: Date): SafeText {
  const moment = formatMoment(new Date(link.endsAtMs), { now, locale: env.language });
  if (isExpired(link, now)) return l10n.t('expired at {0}', moment);
  return link.limit === 'unknown'
    ? l10n.t('expires at {0}, unless its temporary credentials expire sooner', moment)
    : l10n.t('expires at {0}', moment);
}

type Action = 'again' | 'remove' | 'back';

async function pickAction(app: SigningApp, link: RecentLink): Promise<Action | undefined> {
  const items = [
    { id: 'again', label: l10n.t('Copy Again'), detail: await describeAgain(app, link) },
    {
      id: 'remove',
      label: l10n.t('Remove from List'),
      detail: l10n.t('This does not revoke the link.'),
    },
  ] as const;
  const placeholder = safeText(formatS3Uri(link));
  const picked = await pickItem<(typeof items)[number]>(
    { ...title(), canGoBack: true },
    { items, placeholder },
  );
  return picked === back ? 'back' : picked?.id;
}

async function describeAgain(app: SigningApp, { source, expiresInSeconds }: RecentLink): Promise<SafeText> {
  const selected = await app.session.source();
  const facts = [formatDuration(expiresInSeconds, env.language), sourceLabel(source, app.connections)];
  return isSelected(source, selected)
    ? l10n.t('Creates a new link, valid for {0}, with {1}.', ...facts)
    : l10n.t('Selects {1} again and creates a new link, valid for {0}.', ...facts);
}

function isSelected(source: ConnectionSource, selected: ConnectionSource | undefined): boolean {
  return selected !== undefined && formatSource(selected) === formatSource(source);
}

/** Signs a link with the same kind, options and expiry, using the source of the first one. */
async function copyAgain(app: SigningApp, link: RecentLink): Promise<void> {
  if (!(await confirmDangerousKind(link))) return;
  if (!isSelected(link.source, await app.session.source())) {
    await assertExists(app, link.source);
    await app.session.select(link.source);
  }
  const { kind, bucket, key, options, expiresInSeconds } = link;
  await deliverLink(app, { kind, bucket, key, ...options, expiresInSeconds });
}

/**
 * Called before selecting: selecting a source that was removed would leave nothing selected.
 * @throws UnknownProfileError, UnknownConnectionError
 */
async function assertExists(app: SigningApp, source: ConnectionSource): Promise<void> {
  if (source.kind === 'connection' && app.connections.get(source.id) === undefined)
    throw new UnknownConnectionError();
  if (source.kind === 'profile' && !(await loadAwsFiles()).profiles.has(source.name))
    throw new UnknownProfileError(source.name);
}
